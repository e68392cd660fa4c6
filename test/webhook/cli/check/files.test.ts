import t from 'tap';
import { checkSources } from '../../../../webhook/cli/check/files.ts';
import { contextWith } from '../../../support/context.ts';

const SET = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop, annotations: {zonekeeper.io/inject: "true"}}
spec:
  template: {spec: {containers: [{name: db}]}}
`;

function check(...texts: string[]) {
  const sources = texts.map((text, index) => ({ name: `${index}.yaml`, text }));
  const { sets, findings } = checkSources(sources, contextWith());
  return {
    sets: sets.map(({ name, state }) => `${name} ${state}`),
    findings: findings.map(({ level, object, place, problem }) =>
      [level, problem.code, object.kind, object.namespace, object.name, place].join(' '),
    ),
  };
}

t.test('every set of every document and list is looked at', async (t) => {
  const list = JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name: 'listed', annotations: { 'zonekeeper.io/inject': 'true' } },
        spec: { template: { spec: {} } },
      },
    ],
  });
  t.strictSame(check(`${SET}---\n${SET}`, list), {
    sets: ['db opted-in', 'db opted-in', 'listed opted-in'],
    findings: [],
  });
});

t.test('what is wrong is told with its place, errors first', async (t) => {
  const misplaced = SET.replace('StatefulSet', 'Deployment');
  const refused = SET.replace('"true"', '"yes"').replace('db,', 'db2,');
  t.strictSame(check(misplaced, refused).findings, [
    'error ZK101 StatefulSet shop db2 1.yaml:1',
    'warning ZK511 Deployment shop db 0.yaml:1',
  ]);
});

t.test('a set that no API server would accept, and one without annotations', async (t) => {
  const broken = SET.replace('{spec: {containers: [{name: db}]}}', '1');
  t.strictSame(check(broken), {
    sets: [],
    findings: ['error ZK110 StatefulSet shop db 0.yaml:1'],
  });
  const label = SET.replace('annotations', 'labels');
  t.strictSame(check(label), {
    sets: [],
    findings: ['warning ZK511 StatefulSet shop db 0.yaml:1'],
  });
});

t.test('what concerns a document is told of its file', async (t) => {
  t.strictSame(check('a: [').findings, ['error ZK506 File  0.yaml 0.yaml:1']);
  const twice = SET.replace('kind:', 'kind: StatefulSet\nkind:');
  t.strictSame(check(twice).findings, ['error ZK507 File  0.yaml 0.yaml:3']);
});

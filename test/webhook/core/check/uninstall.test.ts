import t from 'tap';
import { parse } from 'yaml';
import type { StatefulSet } from '../../../../webhook/core/statefulset.ts';
import { create } from '../../../support/admission.ts';
import { appliedBy, briefly, checked, stored } from '../../../support/cluster-facts.ts';
import { contextWith } from '../../../support/context.ts';
import { claim, manifest } from '../../../support/statefulset.ts';

const found = (set: StatefulSet) =>
  checked({ statefulSets: [set] }, { beforeUninstall: true }).findings;

t.test('a manifest that names no class gets the lines that name it', async (t) => {
  const [finding, ...others] = found(stored({ claims: [claim('data'), claim('logs')] }));
  t.strictSame(others, []);
  t.match(finding, {
    level: 'error',
    problem: { code: 'ZK742', found: /claim templates "data", "logs"$/ },
  });
  const added = { storageClassName: 'zonekeeper-zrs' };
  t.strictSame(parse((finding?.lines ?? []).join('\n')), {
    spec: {
      volumeClaimTemplates: [
        { metadata: { name: 'data' }, spec: added },
        { metadata: { name: 'logs' }, spec: added },
      ],
    },
  });
});

t.test('the lines to add are marked, and names that look like numbers are quoted', async (t) => {
  const [finding] = found(stored({ claims: [claim('1')] }));
  t.strictSame(finding?.lines, [
    'spec:',
    '  volumeClaimTemplates:',
    '    - metadata:',
    '        name: "1"',
    '      spec:',
    '        storageClassName: zonekeeper-zrs # add',
  ]);
});

t.test('a manifest that names its classes needs nothing', async (t) => {
  const claims = [claim('data', { storageClassName: 'zonekeeper-zrs' })];
  t.strictSame(found(stored({ claims })), []);
});

t.test('only the claim templates that name none are told', async (t) => {
  const claims = [claim('data', { storageClassName: 'own' }), claim('logs')];
  const finding = found(stored({ claims })).find(({ problem }) => problem.code === 'ZK742');
  t.match(finding?.problem.found, /claim template "logs"$/);
});

t.test('a set with no known manifest is a warning, with the same lines', async (t) => {
  const { stored: set } = create(manifest(), contextWith());
  const [finding] = found(set);
  t.match(finding, { level: 'warning', problem: { code: 'ZK743' } });
  t.match(finding?.lines?.at(-1), 'storageClassName: zonekeeper-zrs # add');
});

t.test('a committed injection needs nothing', async (t) => {
  const { stored: set } = create(manifest(), contextWith({ offline: true }));
  t.strictSame(briefly(found(set)), []);
});

t.test('without being asked for an uninstall, nothing is said of it', async (t) => {
  t.strictSame(checked({ statefulSets: [stored()] }).findings, []);
  t.ok(found(appliedBy(stored(), manifest())).length > 0);
});

import { readFileSync } from 'node:fs';
import t from 'tap';
import { parseAllDocuments } from 'yaml';
import type { StatefulSet } from '../../../../webhook/core/statefulset.ts';
import { create } from '../../../support/admission.ts';
import { contextWith } from '../../../support/context.ts';
import { annotated } from '../../../support/statefulset.ts';

const FILE = new URL('../../../golden/kubernetes-mysql.yaml', import.meta.url);

function upstream(): StatefulSet {
  const documents = parseAllDocuments(readFileSync(FILE, 'utf8')).map((one) => one.toJS());
  return documents.find((one) => one.kind === 'StatefulSet');
}

t.test('Kubernetes’ own MySQL gets class, scheduler and marker, and nothing else', async (t) => {
  const asks = { 'zonekeeper.io/inject': 'true', 'zonekeeper.io/profile': 'azuredisk-v2' };
  const { patch, mutation } = create(annotated(upstream(), asks), contextWith());
  t.same([mutation.denials, mutation.warnings], [[], []]);
  const changes = patch
    .map((one) => [one.op, one.path, 'value' in one && one.value] as const)
    .filter(([, path]) => path !== '/metadata/annotations/zonekeeper.io~1injected');
  t.equal(patch.length, 3);
  t.same(changes.sort(), [
    [
      'add',
      '/spec/volumeClaimTemplates/0/spec/storageClassName',
      'azuredisk-standard-ssd-zrs-replicas',
    ],
    ['replace', '/spec/template/spec/schedulerName', 'csi-azuredisk-scheduler-extender'],
  ]);
});

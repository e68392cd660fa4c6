import t from 'tap';
import { countsOf, documentOf } from '../../../../webhook/cli/check/document.ts';
import { checked, stored } from '../../../support/cluster-facts.ts';

t.test('the shape is the one that its page promises', async (t) => {
  const report = checked({ statefulSets: [stored()] }, { beforeUninstall: true });
  t.strictSame(documentOf({ ...report, namespace: 'shop' }), {
    version: 1,
    namespace: 'shop',
    kubernetes: '1.36',
    webhook: '0.1.0',
    summary: { errors: 1, warnings: 0, sets: 1 },
    findings: [
      {
        code: 'ZK742',
        level: 'error',
        object: { kind: 'StatefulSet', namespace: 'shop', name: 'mysql' },
        message:
          'without zonekeeper the API server refuses the last applied manifest: it names no class ' +
          'in claim template "data"; expected the class that is stored',
        mend: 'add the lines to the manifest and apply it',
        lines: [
          'spec:',
          '  volumeClaimTemplates:',
          '    - metadata:',
          '        name: data',
          '      spec:',
          '        storageClassName: zonekeeper-zrs # add',
        ],
      },
    ],
    sets: [
      {
        namespace: 'shop',
        name: 'mysql',
        state: 'injected',
        version: '0.1.0',
        profile: 'default',
        offline: false,
        injections: ['storage'],
        reapply: 'unchanged',
        next: [],
      },
    ],
  });
});

t.test('findings are counted by their level', async (t) => {
  const { findings } = checked({ webhooks: [], drivers: new Map() });
  t.strictSame(countsOf(findings), { errors: 2, warnings: 2 });
});

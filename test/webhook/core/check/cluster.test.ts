import t from 'tap';
import { checkCluster } from '../../../../webhook/core/check/cluster.ts';
import { problem } from '../../../../webhook/core/problems.ts';
import { briefly, checked, SOUND_FACTS, stored } from '../../../support/cluster-facts.ts';
import { arriving, manifest } from '../../../support/statefulset.ts';

t.test('a sound cluster gives no finding, and tells what it runs', async (t) => {
  const report = checked();
  t.strictSame(report.findings, []);
  t.match(report, { kubernetes: '1.36', webhook: '0.1.0', sets: [{ name: 'mysql' }] });
});

t.test('errors come before warnings', async (t) => {
  const set = arriving(manifest());
  const deployment = { namespace: 'a', name: 'zonekeeper', ready: 1, wanted: 2 };
  t.strictSame(briefly(checked({ deployment, statefulSets: [set] }).findings), [
    'error ZK217 mysql',
    'warning ZK718 zonekeeper',
    'warning ZK216 mysql',
  ]);
});

t.test('what could not be looked at is a warning', async (t) => {
  const unseen = [problem('ZK701', { what: 'list statefulsets.apps', lost: 'any StatefulSet' })];
  t.strictSame(briefly(checked({ unseen }).findings), ['warning ZK701']);
});

t.test('before an uninstall, sets that could not be looked at are an error', async (t) => {
  const unseen = [problem('ZK701', { what: 'list statefulsets.apps', lost: 'any StatefulSet' })];
  const { statefulSets: _, ...rest } = SOUND_FACTS;
  const options = { now: 0, version: '0.1.0', beforeUninstall: true };
  const { findings } = checkCluster({ ...rest, unseen }, options);
  t.ok(briefly(findings).includes('error ZK701'));
});

t.test(
  'a configuration that is not known is replaced by the shipped one, and that is told',
  async (t) => {
    const report = checked({ configuration: { unknown: 'no right' } });
    t.strictSame(briefly(report.findings), ['warning ZK704']);
  },
);

t.test('a set tells the version that injected it, whoever answers today', async (t) => {
  const probe = { ...SOUND_FACTS.probe, outcome: 'injected', by: '2.0.0' } as never;
  const report = checked({ probe, statefulSets: [stored()] });
  t.match(report, { webhook: '2.0.0', sets: [{ version: '0.1.0', reapply: 'unchanged' }] });
});

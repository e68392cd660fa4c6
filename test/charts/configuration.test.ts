import t from 'tap';
import { parse } from 'yaml';
import { parseConfiguration, SHIPPED_CONFIGURATION } from '../../webhook/core/configuration.ts';
import { one, render, type Values } from '../support/chart.ts';

async function configFile(values: Values = {}): Promise<unknown> {
  const map = one<{ data: Record<string, string> }>(await render(values), 'ConfigMap');
  t.strictSame(Object.keys(map.data), ['config.yaml']);
  return parse(map.data['config.yaml'] ?? '');
}

t.test('the chart ships the profiles that the webhook has without it', async (t) => {
  t.strictSame(parseConfiguration(await configFile()), { configuration: SHIPPED_CONFIGURATION });
});

t.test('profiles are written as they are given, beside the shipped ones', async (t) => {
  const payments = {
    storageClassName: 'zonekeeper-premium-zrs',
    schedulerName: 'Upper.Case_1',
    schedulerLease: { namespace: 'kube-system', name: 'own' },
    allowed: {
      storageClasses: ['zonekeeper-premium-zrs'],
      schedulerNames: ['Upper.Case_1'],
      secretProviderClasses: [],
      proximityPlacementGroups: ['ppg'],
    },
  };
  const file = (await configFile({ config: { profiles: { payments } } })) as {
    profiles: Record<string, unknown>;
  };
  t.strictSame(file.profiles.payments, payments);
  t.strictSame(Object.keys(file.profiles).sort(), ['azuredisk-v2', 'default', 'payments']);
  t.equal(parseConfiguration(file).problems, undefined);
});

t.test('null removes a shipped profile or one of its defaults', async (t) => {
  const profiles = { 'azuredisk-v2': null, default: { storageClassName: null } };
  t.strictSame(await configFile({ config: { profiles } }), { profiles: { default: {} } });
});

import t from 'tap';
import { parse } from 'yaml';
import { parseConfiguration, SHIPPED_CONFIGURATION } from '../../webhook/core/configuration.ts';
import { one, render, type Values } from '../support/chart.ts';

async function configFile(values: Values = {}): Promise<unknown> {
  const map = one<{ data: Record<string, string> }>(await render(values), 'ConfigMap');
  t.strictSame(Object.keys(map.data), ['config.yaml']);
  return parse(map.data['config.yaml'] ?? '');
}

const SIDECAR = 'zonekeeper/sidecar:0.1.0';

t.test('the chart ships the profiles that the webhook has without it', async (t) => {
  const configuration = { ...SHIPPED_CONFIGURATION, sidecarImage: SIDECAR };
  t.strictSame(parseConfiguration(await configFile()), { configuration });
});

t.test('the sidecar comes from the registry of the webhook, with its version', async (t) => {
  const image = { registry: 'contoso.azurecr.io', tag: '1.2.3' };
  t.match(await configFile({ image }), {
    sidecarImage: 'contoso.azurecr.io/zonekeeper/sidecar:1.2.3',
  });
  const digest = `sha256:${'a'.repeat(64)}`;
  t.match(await configFile({ image, sidecar: { image: { repository: 'own', digest } } }), {
    sidecarImage: `contoso.azurecr.io/own@${digest}`,
  });
  t.match(await configFile({ config: { sidecarImage: 'mirror/sidecar:2' } }), {
    sidecarImage: 'mirror/sidecar:2',
  });
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
  t.strictSame(await configFile({ config: { profiles } }), {
    profiles: { default: {} },
    sidecarImage: SIDECAR,
  });
});

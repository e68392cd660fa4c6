import type { V1MutatingWebhook } from '@kubernetes/client-node';
import t from 'tap';
import { one, refusal, render } from '../support/chart.ts';

const url = 'https://127.0.0.1:8443/mutate';

t.test('a URL takes the place of the Service', async (t) => {
  const manifests = await render({ webhook: { url } });
  const { webhooks } = one<{ webhooks: V1MutatingWebhook[] }>(
    manifests,
    'MutatingWebhookConfiguration',
  );
  t.strictSame(webhooks[0]?.clientConfig, { url });
  t.ok(one(manifests, 'Deployment'), 'the Deployment has its own switch');
});

t.test(
  'without the Deployment the process elsewhere still has account, rights and file',
  async (t) => {
    const manifests = await render({ webhook: { url }, deployment: { enabled: false } });
    t.strictSame([...new Set(manifests.map(({ kind }) => kind))].sort(), [
      'ClusterRole',
      'ClusterRoleBinding',
      'ConfigMap',
      'MutatingWebhookConfiguration',
      'Role',
      'RoleBinding',
      'ServiceAccount',
      'StorageClass',
    ]);
  },
);

t.test('no Deployment and no URL is refused, as nobody would answer', async (t) => {
  t.match(
    await refusal({ deployment: { enabled: false } }),
    /deployment\.enabled is false, .*: set webhook\.url to where the webhook runs/,
  );
});

t.test('a URL that the API server would refuse is refused', async (t) => {
  for (const bad of [
    'http://127.0.0.1/mutate',
    'https://user@127.0.0.1/mutate',
    'https://127.0.0.1/mutate?a=b',
    'https://127.0.0.1/mutate#a',
    'https:///mutate',
  ]) {
    t.match(await refusal({ webhook: { url: bad } }), /\/webhook\/url|webhook\.url/, bad);
  }
});

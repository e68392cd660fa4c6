import t from 'tap';
import {
  bundleApplyConfiguration,
  webhookBundles,
} from '../../../webhook/controllers/webhook-bundles.ts';

const stored = {
  metadata: { name: 'kept', resourceVersion: '3' },
  webhooks: [
    { name: 'one', clientConfig: { caBundle: 'UEVN' }, rules: [] },
    { name: 'two', clientConfig: { url: 'https://x' } },
    { name: 'three' },
  ],
};

t.test('bundles are read by webhook, as text', async (t) => {
  const { resourceVersion, bundles } = webhookBundles(stored);
  t.equal(resourceVersion, '3');
  t.same(
    [...bundles],
    [
      ['one', 'PEM'],
      ['two', ''],
      ['three', ''],
    ],
  );
  t.equal(webhookBundles({}).bundles.size, 0);
});

t.test('what is applied names every webhook and nothing but the bundle', async (t) => {
  t.strictSame(bundleApplyConfiguration('kept', webhookBundles(stored), 'PEM'), {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: 'kept', resourceVersion: '3' },
    webhooks: ['one', 'two', 'three'].map((name) => ({ name, clientConfig: { caBundle: 'UEVN' } })),
  });
});

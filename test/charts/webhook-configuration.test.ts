import type { V1MutatingWebhook } from '@kubernetes/client-node';
import t from 'tap';
import { one, type RenderOptions, render, type Values } from '../support/chart.ts';

async function configuration(values?: Values, options?: RenderOptions) {
  const object = one<{ webhooks: V1MutatingWebhook[] }>(
    await render(values, options),
    'MutatingWebhookConfiguration',
  );
  return { object, webhook: object.webhooks[0] as V1MutatingWebhook };
}

t.test('only creates and updates of StatefulSets can reach the webhook', async (t) => {
  const { object, webhook } = await configuration();
  t.equal(object.webhooks.length, 1);
  t.strictSame(webhook.rules, [
    {
      apiGroups: ['apps'],
      apiVersions: ['v1'],
      operations: ['CREATE', 'UPDATE'],
      resources: ['statefulsets'],
      scope: 'Namespaced',
    },
  ]);
});

t.test('the call is safe to dry-run, to repeat and to lose', async (t) => {
  const { webhook } = await configuration();
  t.match(webhook, {
    name: 'statefulsets.zonekeeper.io',
    admissionReviewVersions: ['v1'],
    matchPolicy: 'Equivalent',
    failurePolicy: 'Fail',
    timeoutSeconds: 5,
    reinvocationPolicy: 'IfNeeded',
    sideEffects: 'None',
  });
});

t.test('failure policy and timeout are values', async (t) => {
  const { webhook } = await configuration({
    webhook: { failurePolicy: 'Ignore', timeoutSeconds: 12 },
  });
  t.match(webhook, { failurePolicy: 'Ignore', timeoutSeconds: 12 });
});

t.test('the API server finds the webhook by its Service', async (t) => {
  const { webhook } = await configuration({}, { namespace: 'platform' });
  t.strictSame(webhook.clientConfig, {
    service: { name: 'zonekeeper', namespace: 'platform', path: '/mutate', port: 443 },
  });
});

t.test('no certificate is rendered, in whatever form', async (t) => {
  const manifests = await render();
  t.notMatch(JSON.stringify(manifests), 'caBundle');
  t.notOk(manifests.some(({ kind }) => kind === 'Secret'));
});

t.test('system namespaces, its own and excluded ones are spared', async (t) => {
  const { webhook } = await configuration(
    { webhook: { excludedNamespaces: ['legacy', 'platform'] } },
    { namespace: 'platform' },
  );
  t.strictSame(webhook.namespaceSelector, {
    matchExpressions: [
      {
        key: 'kubernetes.io/metadata.name',
        operator: 'NotIn',
        values: ['kube-system', 'platform', 'legacy'],
      },
      { key: 'control-plane', operator: 'NotIn', values: ['true'] },
      { key: 'kubernetes.azure.com/managedby', operator: 'NotIn', values: ['aks'] },
    ],
  });
  t.notOk('objectSelector' in webhook);
});

t.test('AKS’s admissions enforcer is told to keep off, beside other annotations', async (t) => {
  const { object } = await configuration({
    webhook: { annotations: { 'example.com/a': 'b', 'admissions.enforcer/disabled': 'false' } },
  });
  t.strictSame(object.metadata.annotations, {
    'admissions.enforcer/disabled': 'true',
    'example.com/a': 'b',
  });
});

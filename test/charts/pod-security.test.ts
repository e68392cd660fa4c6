import type { V1Container, V1Deployment, V1PodSpec } from '@kubernetes/client-node';
import t from 'tap';
import { one, render, type Values } from '../support/chart.ts';

async function podSpec(values: Values = {}): Promise<V1PodSpec> {
  return one<V1Deployment>(await render(values), 'Deployment').spec?.template.spec as V1PodSpec;
}

t.test('the pods satisfy Pod Security restricted', async (t) => {
  const pod = await podSpec();
  t.strictSame(pod.securityContext, {
    runAsNonRoot: true,
    runAsUser: 65532,
    runAsGroup: 65532,
    seccompProfile: { type: 'RuntimeDefault' },
  });
  t.strictSame(pod.containers[0]?.securityContext, {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  t.strictSame(
    (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => field in pod),
    [],
  );
});

t.test('null leaves the user to OpenShift and keeps the rest', async (t) => {
  const pod = await podSpec({ podSecurityContext: { runAsUser: null, runAsGroup: null } });
  t.strictSame(pod.securityContext, {
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  });
});

t.test('a large user stays an integer', async (t) => {
  const pod = await podSpec({ podSecurityContext: { runAsUser: 1000650000 } });
  t.equal(pod.securityContext?.runAsUser, 1000650000);
});

t.test('the token of the service account goes to the webhook and to no other pod', async (t) => {
  const manifests = await render({ serviceAccount: { annotations: { 'example.com/a': 'b' } } });
  const account = one<{ automountServiceAccountToken: boolean }>(manifests, 'ServiceAccount');
  t.equal(account.automountServiceAccountToken, false);
  t.strictSame(account.metadata.annotations, { 'example.com/a': 'b' });
  const pod: V1PodSpec | undefined = one<V1Deployment>(manifests, 'Deployment').spec?.template.spec;
  t.equal(pod?.automountServiceAccountToken, true);
  t.equal(pod?.serviceAccountName, account.metadata.name);
});

t.test('there is one container, and the user’s values cannot name it away', async (t) => {
  const pod = await podSpec({ podLabels: { 'app.kubernetes.io/name': 'other' } });
  t.strictSame(
    pod.containers.map(({ name }: V1Container) => name),
    ['webhook'],
  );
});

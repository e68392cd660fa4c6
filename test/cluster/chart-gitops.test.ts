import t, { type Test } from 'tap';
import { renderText } from '../support/chart.ts';
import type { ApiObject } from './api.ts';
import { RELEASE_NAMESPACE, WEBHOOK_CONFIGURATION } from './support/installation.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';

type Configuration = ApiObject & {
  webhooks: { clientConfig: { caBundle?: string } }[];
};

type List = {
  items: (ApiObject & { kind: string; metadata: { resourceVersion: string }; status?: object })[];
};

/** How Argo CD applies with `ServerSideApply=true`. */
const AS_ARGO = ['--server-side', '--force-conflicts', '--field-manager=argocd-controller'];

const cluster = await startCluster(t);
const zonekeeper = await installZonekeeper(t, cluster);

async function kubectl(t: Test, args: readonly string[], input: string): Promise<string> {
  const { code, stdout, stderr } = await cluster.kubectl([...args, '--filename=-'], { input });
  t.equal(code, 0, stderr || args.join(' '));
  return stdout;
}

/** The manager sees no difference, and applying again writes nothing. */
async function isInSync(t: Test, manifests: string): Promise<void> {
  t.equal(await kubectl(t, ['diff', ...AS_ARGO], manifests), '');
  const before = await versions(t, manifests);
  await kubectl(t, ['apply', ...AS_ARGO], manifests);
  t.strictSame(await versions(t, manifests), before);
}

/** What tells a write of each object, but for writes of its status. */
async function versions(t: Test, manifests: string): Promise<unknown[]> {
  const stored = JSON.parse(await kubectl(t, ['get', '--output=json'], manifests)) as List;
  return stored.items.map(({ kind, metadata: { name, generation, resourceVersion }, status }) => {
    return [kind, name, status === undefined ? resourceVersion : generation];
  });
}

t.test('a second manager of an installed release finds no difference, nor makes one', async (t) => {
  const webhook = { url: zonekeeper.webhook.url };
  const manifests = await renderText({ deployment: { enabled: false }, webhook });
  const bundle = async () => {
    const { webhooks } = await cluster.api.expect<Configuration>('GET', WEBHOOK_CONFIGURATION);
    return webhooks[0]?.clientConfig.caBundle;
  };
  const written = await bundle();
  t.ok(written, 'the webhook has written its CA');
  t.equal(await kubectl(t, ['diff', ...AS_ARGO], manifests), '', 'before it has applied anything');
  await kubectl(t, ['apply', ...AS_ARGO], manifests);
  await isInSync(t, manifests);
  t.equal(await bundle(), written, 'and the caBundle is the webhook’s');
  await zonekeeper.upgrade({});
  await isInSync(t, manifests);
  t.equal(await bundle(), written, 'helm goes on beside it');
});

t.test('who applies the whole chart without helm finds no difference afterwards', async (t) => {
  const none = { create: false };
  const manifests = await renderText(
    { storageClasses: { standard: none, premium: none }, networkPolicy: { enabled: true } },
    { release: 'argo', namespace: RELEASE_NAMESPACE },
  );
  await kubectl(t, ['apply', ...AS_ARGO], manifests);
  await isInSync(t, manifests);
});

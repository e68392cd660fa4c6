import { X509Certificate } from 'node:crypto';
import t from 'tap';
import { issueAuthority, issueLeaf } from '../../../certs/issue.ts';
import { caBundleKeeper } from '../../../webhook/controllers/ca-bundle.ts';
import type { KubeRequest } from '../../../webhook/controllers/kube.ts';
import { FakeKube, refusal, settled } from '../../support/fake-kube.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { MemoryLog } from '../../support/memory-log.ts';

const PATH = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';
const now = new ManualClock().now();
const DAY = 86_400_000;
const ca = await issueAuthority({ now, lifetime: DAY });
const other = await issueAuthority({ now, lifetime: DAY });
const leaf = await issueLeaf(['zonekeeper'], ca, { now, lifetime: DAY });
const authority = new X509Certificate(ca.cert);

const base64 = (text: string) => Buffer.from(text).toString('base64');
const configuration = (resourceVersion: string, ...bundles: string[]) => ({
  metadata: { name: 'kept', resourceVersion },
  webhooks: bundles.map((bundle, index) => ({
    name: `hook-${index}`,
    clientConfig: { caBundle: base64(bundle) },
  })),
});

/** A keeper that runs until its test ends, before an API server that holds these configurations. */
function start(t: { teardown(fn: () => Promise<void>): void }, ...items: object[]) {
  const clock = new ManualClock(now);
  const log = new MemoryLog();
  const patches: KubeRequest[] = [];
  const served = { caBundle: ca.cert, failure: undefined as Error | undefined };
  let refused: unknown;
  const kube = new FakeKube((request) => {
    if (request.method === 'GET') return { metadata: { resourceVersion: '1' }, items };
    patches.push(request);
    if (refused !== undefined) throw refused;
    return {};
  });
  const source = {
    current: async () => {
      if (served.failure) throw served.failure;
      return { ...leaf, caBundle: served.caBundle };
    },
  };
  const surroundings = { clock, log, random: () => 1 };
  const keeper = caBundleKeeper(kube, { name: 'kept', source }, surroundings);
  const end = new AbortController();
  const running = keeper.run(end.signal);
  t.teardown(() => {
    end.abort();
    return running;
  });
  const refuse = (error: unknown) => {
    refused = error;
  };
  return { kube, clock, log, keeper, patches, served, refuse };
}

t.test('an empty bundle is filled, in every webhook, and no other field is sent', async (t) => {
  const { keeper, clock, patches, kube } = start(t, configuration('3', '', other.cert));
  t.equal(keeper.trust(leaf.cert), 'unknown');
  await settled();
  t.equal(keeper.trust(leaf.cert), 'untrusted');
  t.notOk(keeper.inSync());
  clock.advance(300);
  await settled();
  t.equal(patches.length, 1);
  t.match(patches[0], {
    method: 'PATCH',
    path: `${PATH}/kept`,
    query: { fieldManager: 'zonekeeper-ca-bundle', force: 'true' },
    contentType: 'application/apply-patch+yaml',
  });
  t.strictSame(patches[0]?.body, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    ...configuration('3', ca.cert, ca.cert),
  });
  const watch = await kube.watching(PATH);
  watch.push('MODIFIED', configuration('4', ca.cert, ca.cert));
  await settled();
  t.equal(keeper.trust(leaf.cert), 'trusted');
  t.ok(keeper.isPublished(authority));
  t.ok(keeper.inSync());
});

t.test('a bundle that is right is left alone', async (t) => {
  const { clock, patches, keeper } = start(t, configuration('3', ca.cert));
  await settled();
  clock.advance(60_000);
  await settled();
  t.same(patches, []);
  t.equal(keeper.trust(leaf.cert), 'trusted');
  t.notOk(keeper.isPublished(new X509Certificate(other.cert)));
});

t.test('a replica that was slower than another writes nothing', async (t) => {
  const { kube, clock, patches } = start(t, configuration('3', ''));
  const watch = await kube.watching(PATH);
  await settled();
  watch.push('MODIFIED', configuration('4', ca.cert));
  await settled();
  clock.advance(300);
  await settled();
  t.same(patches, []);
});

t.test('what is written is what the source says then', async (t) => {
  const { clock, patches, served } = start(t, configuration('3', ''));
  await settled();
  served.caBundle = other.cert;
  clock.advance(300);
  await settled();
  t.match(patches[0]?.body, { webhooks: configuration('3', other.cert).webhooks });
});

t.test('somebody who keeps changing it is answered ever more slowly, but always', async (t) => {
  const { kube, clock, patches } = start(t, configuration('1', other.cert));
  const watch = await kube.watching(PATH);
  await settled();
  for (const [count, patience] of [300, 500, 1000, 2000, 4000, 5000, 5000].entries()) {
    clock.advance(patience - 1);
    await settled();
    t.equal(patches.length, count);
    clock.advance(1);
    await settled();
    t.equal(patches.length, count + 1);
    watch.push('MODIFIED', configuration(`${count + 2}`, other.cert));
    await settled();
  }
});

t.test('a change of the source is followed at once', async (t) => {
  const { clock, patches, served, keeper } = start(t, configuration('3', ca.cert));
  await settled();
  served.caBundle = ca.cert + other.cert;
  keeper.refresh();
  await settled();
  clock.advance(300);
  await settled();
  t.equal(patches.length, 1);
});

t.test('nothing is written where there is no configuration, no webhook or no bundle', async (t) => {
  const absent = start(t);
  const empty = start(t, configuration('3'));
  const unknown = start(t, configuration('3', other.cert));
  unknown.served.caBundle = '';
  await settled();
  for (const { clock, patches } of [absent, empty, unknown]) {
    clock.advance(60_000);
    await settled();
    t.same(patches, []);
  }
  t.equal(absent.keeper.trust(leaf.cert), 'absent');
  t.equal(empty.keeper.trust(leaf.cert), 'absent');
  t.equal(unknown.keeper.trust(leaf.cert), 'untrusted');
  t.notOk(unknown.keeper.inSync());
  t.notOk(absent.keeper.isPublished(authority));
});

t.test('a configuration that changed or went meanwhile is no failure', async (t) => {
  for (const status of [404, 409]) {
    const { clock, log, patches, refuse } = start(t, configuration('3', ''));
    refuse(refusal(status));
    await settled();
    clock.advance(300);
    await settled();
    t.equal(patches.length, 1);
    t.same(log.lines, []);
  }
});

t.test('a refusal is logged once and tried again', async (t) => {
  const { clock, log, patches, refuse, served } = start(t, configuration('3', ''));
  refuse(refusal(403, 'Forbidden'));
  for (let turn = 0; turn < 20; turn += 1) {
    await settled();
    clock.advance(1000);
  }
  t.ok(patches.length > 2);
  t.equal(log.lines.length, 1);
  served.failure = new Error('the Secret cannot be read');
  await settled();
  clock.advance(60_000);
  await settled();
  t.equal(log.lines.length, 1);
});

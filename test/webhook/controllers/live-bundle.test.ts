import t from 'tap';
import { issueAuthority, issueLeaf } from '../../../certs/issue.ts';
import { LiveBundle } from '../../../webhook/controllers/live-bundle.ts';
import { FakeKube, settled } from '../../support/fake-kube.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { MemoryLog } from '../../support/memory-log.ts';

const configuration = (...bundles: string[]) => ({
  metadata: { name: 'kept', resourceVersion: '1' },
  webhooks: bundles.map((bundle, index) => ({
    name: `hook-${index}`,
    clientConfig: { caBundle: Buffer.from(bundle).toString('base64') },
  })),
});

async function live(t: { teardown(fn: () => Promise<void>): void }, ...items: object[]) {
  const kube = new FakeKube(() => ({ metadata: { resourceVersion: '1' }, items }));
  const surroundings = { clock: new ManualClock(), log: new MemoryLog() };
  const bundle = new LiveBundle(kube, 'kept', () => {}, surroundings);
  const end = new AbortController();
  const running = bundle.run(end.signal);
  t.teardown(() => {
    end.abort();
    return running;
  });
  await settled();
  return { bundle, kube };
}

t.test('every webhook has to have the bundle', async (t) => {
  const { bundle } = await live(t, configuration('one', 'one'));
  t.ok(bundle.equals('one'));
  t.notOk(bundle.equals('two'));
  t.notOk((await live(t, configuration('one', 'two'))).bundle.equals('one'));
});

t.test('a configuration without webhooks is as good as none', async (t) => {
  for (const items of [[], [configuration()]]) {
    const { bundle } = await live(t, ...items);
    t.equal(bundle.found, undefined);
    t.equal(bundle.trust('any'), 'absent');
    t.notOk(bundle.equals(''));
  }
});

t.test('of several webhooks, the one counts whose CA expires first', async (t) => {
  const now = Date.UTC(2026, 10, 25);
  const ca = await issueAuthority({ now, lifetime: 1_000_000 });
  const { cert } = await issueLeaf(['zk'], ca, { now, lifetime: 500_000 });
  const expiry = async (...bundles: string[]) =>
    (await live(t, configuration(...bundles))).bundle.authorityExpiry(cert);
  t.equal(await expiry(ca.cert), now + 1_000_000);
  t.equal(await expiry(ca.cert, cert), now + 500_000);
  t.ok(Number.isNaN(await expiry(ca.cert, '')), 'one of them does not trust it');
  t.ok(Number.isNaN(await expiry()), 'there are none');
});

t.test('only the one configuration is asked for', async (t) => {
  const { kube } = await live(t);
  t.match(kube.requests[0]?.query, { fieldSelector: 'metadata.name=kept' });
});

import t from 'tap';
import { verifies } from '../../certs/inspect.ts';
import { secretSource } from '../../certs/secret-source.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { MemoryStore } from '../support/memory-store.ts';

const HOSTS = ['zonekeeper.system.svc'];
const DAY = 86_400_000;

/** A world with one store and as many replicas as a test asks for. */
function world() {
  const clock = new ManualClock();
  const log = new MemoryLog();
  const store = new MemoryStore();
  const replica = (more: Partial<Parameters<typeof secretSource>[0]> = {}) =>
    secretSource({ store, hosts: HOSTS, ...more }, { clock, log, random: () => 0 });
  return { clock, log, store, replica };
}

t.test('several replicas that start at once agree on one CA and one leaf', async (t) => {
  const { replica, store } = world();
  const all = await Promise.all([1, 2, 3, 4, 5].map(() => replica().current()));
  t.equal(new Set(all.map(({ cert, key, caBundle }) => cert + key + caBundle)).size, 1);
  t.equal(store.writes, 1);
});

t.test('what is stored is served again after a restart', async (t) => {
  const { replica, store, clock } = world();
  const first = await replica().current();
  t.same(await replica().current(), first);
  t.ok(verifies(first.cert, first.caBundle, clock.now()));
  t.equal(store.writes, 1);
});

t.test('a leaf is renewed by a replica that may, under the same CA', async (t) => {
  const { replica, store, clock } = world();
  const first = await replica().current();
  clock.advance(60 * DAY);
  t.same(await replica({ mayRotate: () => false }).current(), first);
  const renewed = await replica().current();
  t.not(renewed.cert, first.cert);
  t.equal(renewed.caBundle, first.caBundle);
  t.equal(store.writes, 2);
});

t.test('an expired leaf is replaced by whoever sees it', async (t) => {
  const { replica, clock } = world();
  const first = await replica().current();
  clock.advance(90 * DAY);
  const renewed = await replica({ mayRotate: () => false }).current();
  t.notOk(verifies(first.cert, first.caBundle, clock.now()));
  t.ok(verifies(renewed.cert, first.caBundle, clock.now()));
});

t.test('no private key is ever logged', async (t) => {
  const { replica, store, log } = world();
  const source = replica();
  await source.current();
  store.put({ ...store.stored?.files, 'tls.key': '' });
  await source.current();
  t.ok(log.lines.length > 0);
  t.notMatch(log.text(), /PRIVATE KEY/);
});

t.test('two who ask at once cause one look at the store', async (t) => {
  const { replica, store } = world();
  const source = replica();
  const [one, other] = await Promise.all([source.current(), source.current()]);
  t.equal(one, other);
  t.equal(store.reads, 1);
});

t.test('it runs until it is told to end', async (t) => {
  const { replica, clock, store } = world();
  const end = new AbortController();
  const told: string[] = [];
  const running = replica().run(end.signal, ({ cert }) => told.push(cert));
  await clock.whenAsleep();
  store.put(undefined);
  while (told.length < 2) await new Promise((resolve) => setImmediate(resolve));
  end.abort();
  await running;
  t.not(told[0], told[1]);
});

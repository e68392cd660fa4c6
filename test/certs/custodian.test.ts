import t from 'tap';
import { Custodian, type CustodianOptions } from '../../certs/custodian.ts';
import { readCertificates, verifies } from '../../certs/inspect.ts';
import { POLICY } from '../../certs/plan.ts';
import type { ServingCertificate } from '../../certs/source.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { MemoryStore } from '../support/memory-store.ts';

const DAY = 86_400_000;

/** A world with one store and as many replicas as a test asks for. */
function world() {
  const clock = new ManualClock();
  const store = new MemoryStore();
  const replica = (more: Partial<CustodianOptions> = {}) =>
    new Custodian(
      {
        store,
        hosts: ['zonekeeper.system.svc'],
        policy: POLICY,
        mayRotate: () => true,
        isPublished: () => true,
        ...more,
      },
      { clock, log: new MemoryLog(), random: () => 0 },
    );
  return { clock, store, replica };
}

const text = (store: MemoryStore, name: string) => store.stored?.files[name] ?? '';
const authorities = ({ caBundle }: ServingCertificate) => readCertificates(caBundle).length;

/** Puts other contents in place of some files. */
function damage(store: MemoryStore, files: Record<string, string>) {
  store.put({ ...store.stored?.files, ...files });
}

t.test('a deleted Secret comes back with the same CA', async (t) => {
  const { replica, store, clock } = world();
  const source = replica();
  const first = await source.settle();
  store.put(undefined);
  const again = await source.settle();
  t.equal(again.caBundle, first.caBundle);
  t.ok(verifies(again.cert, first.caBundle, clock.now()));
  t.equal(text(store, 'tls.crt'), again.cert);
});

for (const [what, files] of Object.entries({
  'a truncated certificate': { 'tls.crt': '-----BEGIN CERTIFICATE-----\nMIID' },
  'a lost key': { 'tls.key': '' },
  'another key': { 'tls.key': 'no key' },
  'a lost CA key': { 'ca.key': '' },
  'a lost bundle': { 'ca.crt': '' },
  'a Secret full of rubbish': { 'tls.crt': 'x', 'tls.key': 'x', 'ca.crt': 'x', 'ca.key': 'x' },
})) {
  t.test(`${what} is mended, and clients trust what comes after`, async (t) => {
    const { replica, store, clock } = world();
    const source = replica();
    const first = await source.settle();
    damage(store, files);
    const mended = await source.settle();
    t.ok(verifies(mended.cert, first.caBundle, clock.now()));
    t.equal(mended.caBundle, first.caBundle);
    t.same(await replica().settle(), mended, 'it is stored whole');
  });
}

t.test('a bundle of somebody else is taken out again', async (t) => {
  const { replica, store } = world();
  const source = replica();
  const first = await source.settle();
  const elsewhere = await world().replica().settle();
  damage(store, { 'ca.crt': elsewhere.caBundle });
  t.same(await source.settle(), first);
});

t.test('a whole set of somebody else is served, if it fits', async (t) => {
  const { replica, store } = world();
  const source = replica();
  await source.settle();
  const other = world();
  const elsewhere = await other.replica().settle();
  damage(store, { ...other.store.stored?.files });
  t.same(await source.settle(), elsewhere);
});

t.test('rubbish that nobody remembers the good of is replaced whole', async (t) => {
  const { replica, store, clock } = world();
  store.put({ 'tls.crt': 'x', 'ca.key': 'x' });
  const made = await replica({ mayRotate: () => false }).settle();
  t.ok(verifies(made.cert, made.caBundle, clock.now()));
});

t.test('a new CA that is asked for comes in three phases', async (t) => {
  const { replica, store, clock } = world();
  let seen = '';
  const isPublished = (ca: { toString(): string }) => seen.includes(`${ca}`);
  const source = replica({ isPublished });
  const first = await source.settle();
  store.put(store.stored?.files, true);
  const published = await source.settle();
  t.equal(authorities(published), 2);
  t.equal(published.cert, first.cert);
  t.notOk(store.stored?.rotationAsked);
  clock.advance(DAY);
  t.same(await source.settle(), published, 'clients do not trust it yet');
  seen = published.caBundle;
  const switched = await source.settle();
  t.not(switched.cert, first.cert);
  t.equal(authorities(switched), 2);
  clock.advance(DAY);
  const dropped = await source.settle();
  t.equal(dropped.cert, switched.cert);
  t.equal(authorities(dropped), 1);
  t.notOk(verifies(first.cert, dropped.caBundle, clock.now()));
  t.same(await source.settle(), dropped);
});

t.test('a question for a new CA survives an unrelated write', async (t) => {
  const { replica, store } = world();
  await replica().settle();
  store.put({ ...store.stored?.files, 'tls.crt': '' }, true);
  const source = replica();
  await source.settle();
  t.ok(store.stored?.rotationAsked);
  t.equal(authorities(await source.settle()), 2);
});

t.test('a store that changes under every write is an error, not an endless loop', async (t) => {
  const { replica, store } = world();
  store.update = async () => 'lost';
  store.put({});
  await t.rejects(replica().settle(), /changed by others 10 times/);
});

import t from 'tap';
import { givenSource } from '../../certs/given-source.ts';
import { issueAuthority, issueLeaf } from '../../certs/issue.ts';
import type { ServingCertificate } from '../../certs/source.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { MemoryStore } from '../support/memory-store.ts';

const HOST = 'zonekeeper.system.svc';
const now = new ManualClock().now();
const DAY = 86_400_000;
const ca = await issueAuthority({ now, lifetime: DAY });
const leaf = await issueLeaf([HOST], ca, { now, lifetime: DAY });
const other = await issueLeaf(['*.system.svc'], ca, { now, lifetime: DAY });
const filesOf = ({ cert, key }: typeof leaf) => ({
  'tls.crt': cert,
  'tls.key': key,
  'ca.crt': ca.cert,
});

function start(publishes = true, hosts = [HOST]) {
  const store = new MemoryStore();
  const log = new MemoryLog();
  const clock = new ManualClock();
  const source = givenSource({ store, hosts, publishes }, { clock, log, random: () => 0 });
  return { store, log, clock, source };
}

t.test('what is in the Secret is served, and nothing is written there', async (t) => {
  const { store, log, source } = start();
  store.put(filesOf(leaf));
  t.strictSame(await source.current(), { ...leaf, caBundle: ca.cert });
  t.equal(store.writes, 1);
  t.same(log.lines, []);
});

t.test('the CA is not told where somebody else tells it', async (t) => {
  const { store, source } = start(false);
  store.put(filesOf(leaf));
  t.strictSame(await source.current(), { ...leaf, caBundle: '' });
});

t.test('without a ca.crt no CA is told, and that is warned of', async (t) => {
  const { store, log, source } = start();
  store.put({ 'tls.crt': leaf.cert, 'tls.key': leaf.key });
  t.strictSame(await source.current(), { ...leaf, caBundle: '' });
  t.match(log.text(), /ca.crt is missing, so clients are told no CA/);
  const quiet = start(false);
  quiet.store.put({ 'tls.crt': leaf.cert, 'tls.key': leaf.key });
  await quiet.source.current();
  t.same(quiet.log.lines, []);
});

t.test('what cannot be served says why', async (t) => {
  const { store, source } = start();
  await t.rejects(source.current(), /tls.crt is missing or not readable; expected/);
  store.put({ ...filesOf(leaf), 'tls.crt': 'x' });
  await t.rejects(source.current(), /tls.crt is missing or not readable; expected/);
  store.put({ ...filesOf(leaf), 'tls.key': other.key });
  await t.rejects(source.current(), /tls.key is missing or not that of tls.crt; expected/);
});

t.test('the last good certificate stays until there is another', async (t) => {
  const { store, log, source } = start();
  store.put(filesOf(leaf));
  await source.current();
  store.put({});
  t.equal((await source.current()).cert, leaf.cert);
  t.equal((await source.current()).cert, leaf.cert);
  t.equal(log.lines.length, 1);
  store.put(filesOf(other));
  t.equal((await source.current()).cert, other.cert);
});

t.test('a host that is not named is warned of once; wildcards count', async (t) => {
  const { store, log, source } = start(true, [HOST, 'elsewhere.svc', '10.0.0.1']);
  store.put(filesOf(other));
  await source.current();
  await source.current();
  t.equal(log.lines.length, 1);
  t.match(log.text(), /does not name elsewhere.svc, 10.0.0.1, which/);
  t.notMatch(log.text(), /PRIVATE KEY/);
});

t.test('a new certificate is told', async (t) => {
  const { store, source, clock } = start();
  const end = new AbortController();
  const told: ServingCertificate[] = [];
  const running = source.run(end.signal, (certificate) => told.push(certificate));
  await clock.whenAsleep();
  t.same(told, []);
  store.put(filesOf(leaf));
  while (told.length < 1) await new Promise((resolve) => setImmediate(resolve));
  store.put(filesOf(other));
  while (told.length < 2) await new Promise((resolve) => setImmediate(resolve));
  end.abort();
  await running;
  t.same(
    told.map(({ cert }) => cert),
    [leaf.cert, other.cert],
  );
});

import t from 'tap';
import { type Collection, Reflector } from '../../../webhook/controllers/reflector.ts';
import { FakeKube, refusal, settled } from '../../support/fake-kube.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { MemoryLog } from '../../support/memory-log.ts';

const PATH = '/apis/test/v1/things';
const thing = (name: string, resourceVersion = '1', colour = 'red') => ({
  metadata: { name, namespace: 'team', resourceVersion },
  colour,
});
const list = (resourceVersion: string, ...items: object[]) => ({
  metadata: { resourceVersion },
  items,
});
const colour = (object: object) => (object as { colour: string }).colour;

/** A reflector that runs until its test ends. */
function start(
  t: { teardown(fn: () => Promise<void>): void },
  answer: FakeKube['answer'],
  more: Partial<Collection<string>> = {},
) {
  const kube = new FakeKube(answer);
  const clock = new ManualClock();
  const log = new MemoryLog();
  const surroundings = { clock, log, random: () => 1 };
  const reflector = new Reflector(kube, { path: PATH, project: colour, ...more }, surroundings);
  const end = new AbortController();
  const running = reflector.run(end.signal);
  const stop = () => {
    end.abort();
    return running;
  };
  t.teardown(stop);
  const kept = () => reflector.items && Object.fromEntries(reflector.items);
  return { kube, clock, log, reflector, kept, stop };
}

t.test('what was listed is kept, and then what the watch tells', async (t) => {
  const { kube, kept, reflector } = start(t, () => list('5', thing('a'), thing('b')));
  t.equal(reflector.items, undefined);
  t.notOk(reflector.isConnected);
  const watch = await kube.watching(PATH);
  await settled();
  t.strictSame(kept(), { 'team/a': 'red', 'team/b': 'red' });
  t.ok(reflector.isConnected);
  t.match(watch.query, { resourceVersion: '5', allowWatchBookmarks: 'true' });
  watch.push('ADDED', thing('c', '6'));
  watch.push('MODIFIED', thing('a', '7', 'blue'));
  watch.push('DELETED', thing('b', '8'));
  await settled();
  t.strictSame(kept(), { 'team/a': 'blue', 'team/c': 'red' });
});

t.test('a list comes page by page, of what a selector leaves', async (t) => {
  const { kube, kept } = start(
    t,
    ({ query }) =>
      query?.continue === 'more'
        ? list('9', thing('b'))
        : { metadata: { resourceVersion: '9', continue: 'more' }, items: [thing('a')] },
    { query: { fieldSelector: 'x=y' } },
  );
  const watch = await kube.watching(PATH);
  t.strictSame(kept(), { 'team/a': 'red', 'team/b': 'red' });
  t.match(watch.query, { resourceVersion: '9', fieldSelector: 'x=y' });
  t.same(
    kube.requests.map(({ query }) => query),
    [
      { fieldSelector: 'x=y', limit: '500' },
      { fieldSelector: 'x=y', limit: '500', continue: 'more' },
    ],
  );
});

t.test('a watch that ends is taken up where it stopped', async (t) => {
  const { kube, clock, log, kept, reflector } = start(t, () => list('5', thing('a')));
  const first = await kube.watching(PATH);
  first.push('BOOKMARK', { metadata: { resourceVersion: '40' } });
  first.end();
  await clock.whenAsleep();
  t.ok(reflector.isConnected, 'as it does every few minutes');
  clock.advance(1000);
  const second = await kube.watching(PATH, 2);
  t.equal(second.query.resourceVersion, '40');
  t.strictSame(kept(), { 'team/a': 'red' });
  t.equal(kube.requests.length, 1);
  t.same(log.lines, []);
});

t.test('a watch that cannot be taken up is begun anew', async (t) => {
  let items = [thing('a'), thing('b')];
  const { kube, clock, log, kept } = start(t, () => list('5', ...items));
  const first = await kube.watching(PATH);
  items = [thing('b')];
  first.end(refusal(410, 'Expired'));
  await clock.whenAsleep();
  t.strictSame(kept(), { 'team/a': 'red', 'team/b': 'red' }, 'the old is kept until then');
  clock.advance(1000);
  await kube.watching(PATH, 2);
  t.strictSame(kept(), { 'team/b': 'red' });
  t.same(log.lines, []);
});

t.test(
  'an API server that cannot be reached is asked ever more slowly and logged once',
  async (t) => {
    let isDown = true;
    const { kube, clock, log, kept, reflector } = start(t, () => {
      if (isDown) throw new Error('connection refused');
      return list('5', thing('a'));
    });
    for (const pause of [500, 1000, 2000]) {
      await clock.whenAsleep();
      clock.advance(pause - 1);
      await settled();
      const before = kube.requests.length;
      clock.advance(1);
      await settled();
      t.equal(kube.requests.length, before + 1);
    }
    t.notOk(reflector.isConnected);
    isDown = false;
    await clock.whenAsleep();
    clock.advance(30_000);
    await kube.watching(PATH);
    await settled();
    t.strictSame(kept(), { 'team/a': 'red' });
    t.same(
      log.lines.map(({ level }) => level),
      ['error', 'info'],
    );
  },
);

t.test('what is kept stays while the connection is broken, but is known to be old', async (t) => {
  const { kube, clock, kept, reflector } = start(t, () => list('5', thing('a')));
  const watch = await kube.watching(PATH);
  watch.end(new Error('connection reset'));
  await clock.whenAsleep();
  t.strictSame(kept(), { 'team/a': 'red' });
  t.notOk(reflector.isConnected);
});

t.test('a kind that may be unknown is no failure, and is asked for again later', async (t) => {
  let isThere = false;
  let changes = 0;
  const optional = { optional: true, onChange: () => (changes += 1) };
  const answer = () => {
    if (!isThere) throw refusal(404);
    return list('5', thing('a'));
  };
  const { kube, clock, log, kept, reflector } = start(t, answer, optional);
  await clock.whenAsleep();
  t.equal(reflector.items, undefined);
  isThere = true;
  clock.advance(59_999);
  await settled();
  t.equal(kube.requests.length, 1);
  clock.advance(1);
  const watch = await kube.watching(PATH);
  t.strictSame(kept(), { 'team/a': 'red' });
  isThere = false;
  watch.end(refusal(404));
  await clock.whenAsleep();
  t.equal(reflector.items, undefined);
  t.same(log.lines, []);
  t.equal(changes, 1);
});

t.test('a kind that must be there is missed aloud', async (t) => {
  const { clock, log } = start(t, () => {
    throw refusal(404);
  });
  await clock.whenAsleep();
  t.equal(log.lines.length, 1);
});

t.test('a watch that is cut at once again and again does not become a flood', async (t) => {
  const { kube, clock } = start(t, () => list('5'));
  for (let count = 1; count < 8; count += 1) {
    (await kube.watching(PATH, count)).end();
    await clock.whenAsleep();
    clock.advance(500 * 2 ** (count - 1));
  }
  (await kube.watching(PATH, 8)).end();
  await clock.whenAsleep();
  clock.advance(29_999);
  await settled();
  t.equal(kube.watches.length, 8);
});

t.test('it ends without a word when it is told to', async (t) => {
  const { kube, log, stop } = start(t, () => list('5'));
  await kube.watching(PATH);
  await stop();
  t.same(log.lines, []);
});

import t from 'tap';
import { refusal, settled } from '../../support/fake-kube.ts';
import { list, PATH, startReflector as start, thing } from '../../support/reflected.ts';

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

t.test(
  'no more is asked for than a selector leaves and, where they are enough, metadata',
  async (t) => {
    const query = { fieldSelector: 'x=y' };
    const { kube } = start(t, () => list('5'), { query, metadataOnly: true });
    const watch = await kube.watching(PATH);
    const as = (kind: string) => `application/json;as=${kind};g=meta.k8s.io;v=v1`;
    t.match(kube.requests[0], { query, accept: as('PartialObjectMetadataList') });
    t.match(watch, { query, accept: as('PartialObjectMetadata') });
  },
);

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

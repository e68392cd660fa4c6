import t from 'tap';
import { refusal, settled } from '../../support/fake-kube.ts';
import { list, PATH, startReflector as start, thing } from '../../support/reflected.ts';

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
  t.ok(reflector.isAbsent);
  clock.advance(60_000);
  await settled();
  t.equal(changes, 1, 'it is told once');
  kube.requests.length = 0;
  clock.advance(59_999);
  isThere = true;
  await settled();
  t.equal(kube.requests.length, 0);
  clock.advance(1);
  const watch = await kube.watching(PATH);
  t.notOk(reflector.isAbsent);
  t.strictSame(kept(), { 'team/a': 'red' });
  isThere = false;
  watch.end(refusal(404));
  await clock.whenAsleep();
  t.equal(reflector.items, undefined);
  t.same(log.lines, []);
  t.equal(changes, 3);
});

t.test('whoever wants to know is told which object changed', async (t) => {
  const keys: (string | undefined)[] = [];
  const onChange = (key?: string) => keys.push(key);
  const { kube } = start(t, () => list('5', thing('a'), thing('b')), { onChange });
  const watch = await kube.watching(PATH);
  watch.push('MODIFIED', thing('a', '6'));
  watch.push('BOOKMARK', { metadata: { resourceVersion: '7' } });
  watch.push('DELETED', thing('b', '8'));
  await settled();
  t.strictSame(keys, [undefined, 'team/a', 'team/b']);
});

t.test('a kind that must be there is missed aloud', async (t) => {
  const { clock, log } = start(t, () => {
    throw refusal(404);
  });
  await clock.whenAsleep();
  t.equal(log.lines.length, 1);
});

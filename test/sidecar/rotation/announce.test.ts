import t from 'tap';
import { ATTEMPTS, announce, pauseAfter } from '../../../sidecar/rotation/announce.ts';

const refused = () => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }));

t.test('an application that accepts later is told until then', async (t) => {
  const causes: string[] = [];
  let left = 3;
  const outcome = await announce({
    post: () => (left-- > 0 ? refused() : Promise.resolve()),
    sleep: async () => {},
    onFailure: (cause) => causes.push(cause),
    signal: new AbortController().signal,
  });
  t.equal(outcome, 'accepted');
  t.strictSame(causes, ['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED']);
});

t.test('one that never does is given up after some minutes', async (t) => {
  const pauses: number[] = [];
  let failures = 0;
  const outcome = await announce({
    post: refused,
    sleep: async (ms) => pauses.push(ms),
    onFailure: () => {
      failures += 1;
    },
    signal: new AbortController().signal,
  });
  t.equal(outcome, 'failed');
  t.equal(failures, ATTEMPTS);
  const whole = pauses.reduce((sum, ms) => sum + ms, 0);
  t.ok(whole >= 180_000 && whole <= 300_000, `${whole} ms`);
  t.strictSame(
    pauses,
    pauses.toSorted((a, b) => a - b),
  );
  t.equal(pauseAfter(1), 1000);
});

t.test('it is called off by a newer rotation, between attempts and during one', async (t) => {
  const during = new AbortController();
  const outcome = await announce({
    post: async () => during.abort(),
    sleep: async () => {},
    onFailure: () => t.fail('it did not fail'),
    signal: during.signal,
  });
  t.equal(outcome, 'called off');
  const between = new AbortController();
  const second = await announce({
    post: refused,
    sleep: async () => between.abort(),
    onFailure: () => {},
    signal: between.signal,
  });
  t.equal(second, 'called off');
});

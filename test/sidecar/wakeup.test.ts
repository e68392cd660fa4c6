import t from 'tap';
import { Wakeup } from '../../sidecar/wakeup.ts';

const NEVER = 1_000_000;
const { signal } = new AbortController();

t.test('a sleep ends when it is over, when woken, and when aborted', async (t) => {
  const wakeup = new Wakeup();
  t.equal(await wakeup.sleep(1, signal), false);
  const sleep = wakeup.sleep(NEVER, signal);
  wakeup.wake();
  t.equal(await sleep, true);
  const stop = new AbortController();
  const aborted = wakeup.sleep(NEVER, stop.signal);
  stop.abort();
  t.equal(await aborted, false);
  t.equal(await wakeup.sleep(NEVER, stop.signal), false);
});

t.test('a wake that comes while nobody sleeps ends the next sleep, and only that', async (t) => {
  const wakeup = new Wakeup();
  wakeup.wake();
  wakeup.wake();
  t.equal(await wakeup.sleep(NEVER, signal), true);
  t.equal(await wakeup.sleep(1, signal), false);
});

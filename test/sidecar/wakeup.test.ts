import { getEventListeners } from 'node:events';
import t from 'tap';
import { Wakeup } from '../../sidecar/wakeup.ts';

const NEVER = 1_000_000;
const { signal } = new AbortController();

t.test('a sleep ends when it is over, when woken, and when aborted', async (t) => {
  const wakeup = new Wakeup(signal);
  t.equal(await wakeup.sleep(1), false);
  const sleep = wakeup.sleep(NEVER);
  wakeup.wake();
  t.equal(await sleep, true);
  const stop = new AbortController();
  const stopped = new Wakeup(stop.signal);
  const aborted = stopped.sleep(NEVER);
  stop.abort();
  t.equal(await aborted, false);
  t.equal(await stopped.sleep(NEVER), false);
});

t.test('a wake that comes while nobody sleeps ends the next sleep, and only that', async (t) => {
  const wakeup = new Wakeup(signal);
  wakeup.wake();
  wakeup.wake();
  t.equal(await wakeup.sleep(NEVER), true);
  t.equal(await wakeup.sleep(1), false);
});

t.test('however often it sleeps, it listens once, and when closed no more', async (t) => {
  const stop = new AbortController();
  const wakeup = new Wakeup(stop.signal);
  for (let turn = 0; turn < 5; turn += 1) await wakeup.sleep(0);
  t.equal(getEventListeners(stop.signal, 'abort').length, 1);
  wakeup.close();
  t.strictSame(getEventListeners(stop.signal, 'abort'), []);
});

import t from 'tap';
import { Wakeup } from '../../certs/wakeup.ts';
import { ManualClock } from '../support/manual-clock.ts';

const LONG = 60_000;

t.test('a sleep ends when its time has come', async (t) => {
  const clock = new ManualClock();
  const sleeping = new Wakeup(clock).sleep(LONG, new AbortController().signal);
  clock.advance(LONG);
  await sleeping;
  t.equal(clock.now(), Date.UTC(2026, 10, 21, 12) + LONG);
});

t.test('a wake ends the sleep, and the next one lasts again', async (t) => {
  const clock = new ManualClock();
  const wakeup = new Wakeup(clock);
  const { signal } = new AbortController();
  const first = wakeup.sleep(LONG, signal);
  wakeup.wake();
  await first;
  let over = false;
  const second = wakeup.sleep(LONG, signal).then(() => {
    over = true;
  });
  await clock.whenAsleep();
  t.notOk(over);
  clock.advance(LONG);
  await second;
  t.ok(over);
});

t.test('a wake that comes too early is not lost', async (t) => {
  const wakeup = new Wakeup(new ManualClock());
  wakeup.wake();
  wakeup.wake();
  await t.resolves(wakeup.sleep(LONG, new AbortController().signal));
});

t.test('an aborted signal ends the sleep', async (t) => {
  const end = new AbortController();
  const sleeping = new Wakeup(new ManualClock()).sleep(LONG, end.signal);
  end.abort();
  await t.resolves(sleeping);
});

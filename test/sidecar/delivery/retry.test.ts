import { mock } from 'node:test';
import t from 'tap';
import { Retry } from '../../../sidecar/delivery/retry.ts';

t.beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
t.afterEach(() => mock.timers.reset());

t.test('what failed is repeated ever more slowly, up to half a minute', async (t) => {
  let acts = 0;
  const retry = new Retry(() => {
    acts += 1;
    retry.failed();
  }, new AbortController().signal);
  retry.failed();
  for (const pause of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    const before = acts;
    mock.timers.tick(pause - 1);
    t.equal(acts, before);
    mock.timers.tick(1);
    t.equal(acts, before + 1);
  }
});

t.test('a success ends it, and the next failure begins anew', async (t) => {
  let acts = 0;
  const act = () => {
    acts += 1;
  };
  const retry = new Retry(act, new AbortController().signal);
  retry.failed();
  retry.failed();
  retry.succeeded();
  mock.timers.tick(60_000);
  t.equal(acts, 0);
  retry.failed();
  mock.timers.tick(1000);
  t.equal(acts, 1);
});

t.test('nothing is repeated after the end', async (t) => {
  let acts = 0;
  const act = () => {
    acts += 1;
  };
  const stop = new AbortController();
  const retry = new Retry(act, stop.signal);
  retry.failed();
  stop.abort();
  retry.failed();
  mock.timers.tick(60_000);
  t.equal(acts, 0);
});

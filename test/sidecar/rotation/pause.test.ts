import t from 'tap';
import { pause } from '../../../sidecar/rotation/pause.ts';

t.test('a pause ends when it is over or called off, and is no error then', async (t) => {
  const { signal } = new AbortController();
  t.equal(await pause(1, signal), undefined);
  const stop = new AbortController();
  const paused = pause(1_000_000, stop.signal);
  stop.abort();
  t.equal(await paused, undefined);
  t.equal(await pause(1_000_000, stop.signal), undefined);
});

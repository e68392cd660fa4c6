import { once } from 'node:events';
import t from 'tap';
import { follow } from '../../certs/follow.ts';
import type { ServingCertificate } from '../../certs/source.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { MemoryLog } from '../support/memory-log.ts';

const certificate = (cert: string): ServingCertificate => ({ cert, key: 'k', caBundle: 'ca' });

/** Something to follow, and what was told of it. */
function start(read: () => Promise<ServingCertificate>, serve = (_: ServingCertificate) => {}) {
  const clock = new ManualClock();
  const log = new MemoryLog();
  const end = new AbortController();
  const told: string[] = [];
  let changed = () => {};
  const watch = async (signal: AbortSignal, onChange: () => void) => {
    changed = onChange;
    await once(signal, 'abort');
  };
  const running = follow({ read, watch }, { clock, log, random: () => 0 }, end.signal, (found) => {
    serve(found);
    told.push(found.cert);
  });
  const stop = async () => {
    end.abort();
    await running;
  };
  return { clock, log, told, stop, change: () => changed() };
}

t.test('each change is told once', async (t) => {
  let cert = 'one';
  const { clock, told, stop, change } = start(async () => certificate(cert));
  await clock.whenAsleep();
  clock.advance(60_000);
  await clock.whenAsleep();
  t.same(told, ['one']);
  cert = 'two';
  change();
  await clock.whenAsleep();
  t.same(told, ['one', 'two']);
  await stop();
});

t.test('it is looked at again after a minute, even if nothing was told', async (t) => {
  let cert = 'one';
  const { clock, told, stop } = start(async () => certificate(cert));
  await clock.whenAsleep();
  cert = 'two';
  clock.advance(60_000);
  await clock.whenAsleep();
  t.same(told, ['one', 'two']);
  await stop();
});

t.test('a failure is logged once, however long it lasts, and so is its end', async (t) => {
  let fails = true;
  const read = async () => {
    if (fails) throw new Error('connection refused');
    return certificate('one');
  };
  const { clock, log, told, stop } = start(read);
  for (const pause of [500, 1000, 2000]) {
    await clock.whenAsleep();
    clock.advance(pause);
  }
  await clock.whenAsleep();
  t.same(told, []);
  fails = false;
  clock.advance(30_000);
  await clock.whenAsleep();
  t.same(told, ['one']);
  t.same(
    log.lines.map(({ level }) => level),
    ['error', 'info'],
  );
  await stop();
});

t.test('what could not be served is told again', async (t) => {
  let attempts = 0;
  const serve = () => {
    attempts += 1;
    if (attempts === 1) throw new Error('bad end line');
  };
  const { clock, told, stop } = start(async () => certificate('one'), serve);
  await clock.whenAsleep();
  clock.advance(500);
  await clock.whenAsleep();
  t.same(told, ['one']);
  await stop();
});

t.test('nothing is told once it has ended', async (t) => {
  let answer = (_: ServingCertificate) => {};
  const late = new Promise<ServingCertificate>((resolve) => {
    answer = resolve;
  });
  const { told, stop } = start(() => late);
  const stopped = stop();
  answer(certificate('late'));
  await stopped;
  t.same(told, []);
});

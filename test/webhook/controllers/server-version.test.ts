import t from 'tap';
import { VersionKeeper } from '../../../webhook/controllers/server-version.ts';
import { FakeKube } from '../../support/fake-kube.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { MemoryLog } from '../../support/memory-log.ts';

/** A keeper that runs until its test ends. */
function start(t: { teardown(fn: () => Promise<void>): void }, answer: () => unknown) {
  const clock = new ManualClock();
  const log = new MemoryLog();
  const keeper = new VersionKeeper(new FakeKube(answer), { clock, log, random: () => 1 });
  const end = new AbortController();
  const running = keeper.run(end.signal);
  t.teardown(() => {
    end.abort();
    return running;
  });
  return { clock, log, keeper };
}

t.test('the version is two numbers, and managed clusters add a plus sign', async (t) => {
  const { clock, keeper } = start(t, () => ({ major: '1', minor: '36+' }));
  t.equal(keeper.version, undefined);
  await clock.whenAsleep();
  t.strictSame(keeper.version, { major: 1, minor: 36 });
});

t.test('an upgrade of the control plane is seen within the hour', async (t) => {
  let minor = '35';
  const { clock, keeper } = start(t, () => ({ major: '1', minor }));
  await clock.whenAsleep();
  minor = '36';
  clock.advance(3_600_000);
  await clock.whenAsleep();
  t.strictSame(keeper.version, { major: 1, minor: 36 });
});

t.test('an answer that is no version is a failure, and is asked for again', async (t) => {
  const answers: unknown[] = [{}, { major: 'x', minor: '1' }, { major: '1', minor: '30' }];
  const { clock, log, keeper } = start(t, () => answers.shift());
  await clock.whenAsleep();
  clock.advance(500);
  await clock.whenAsleep();
  t.equal(keeper.version, undefined);
  clock.advance(1000);
  await clock.whenAsleep();
  t.strictSame(keeper.version, { major: 1, minor: 30 });
  t.match(log.text(), /expected a version of two numbers, found "undefined" and "undefined"/);
});

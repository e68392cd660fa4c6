import type { Test } from 'tap';
import { ClassTally } from '../../webhook/controllers/provider-classes/class-status.ts';
import { Term } from '../../webhook/controllers/provider-classes/term.ts';
import { FakeClassCluster } from './fake-class-cluster.ts';
import { settled } from './fake-kube.ts';
import { ManualClock } from './manual-clock.ts';
import { MemoryLog } from './memory-log.ts';

/** A replica that leads until its test ends, in a cluster that `prepare` has filled. */
export async function startTerm(
  test: Test,
  prepare: (cluster: FakeClassCluster) => void = () => {},
) {
  const cluster = new FakeClassCluster();
  prepare(cluster);
  const clock = new ManualClock();
  const log = new MemoryLog();
  const tally = new ClassTally();
  const options = { kube: cluster.kube, identity: 'replica-0', tally };
  const term = new Term(options, { clock, log, random: () => 1 });
  const end = new AbortController();
  const running = term.run(end.signal);
  test.teardown(() => {
    end.abort();
    return running;
  });
  await settled();
  /** Lets so many milliseconds pass. */
  const wait = async (milliseconds: number) => {
    clock.advance(milliseconds);
    await settled();
  };
  return { cluster, log, tally, term, wait };
}

import { type Collection, Reflector } from '../../webhook/controllers/reflector.ts';
import { FakeKube } from './fake-kube.ts';
import { ManualClock } from './manual-clock.ts';
import { MemoryLog } from './memory-log.ts';

export const PATH = '/apis/test/v1/things';
export const thing = (name: string, resourceVersion = '1', colour = 'red') => ({
  metadata: { name, namespace: 'team', resourceVersion },
  colour,
});
export const list = (resourceVersion: string, ...items: object[]) => ({
  metadata: { resourceVersion },
  items,
});
const colour = (object: object) => (object as { colour: string }).colour;

/** A reflector that runs until its test ends. */
export function startReflector(
  t: { teardown(fn: () => Promise<void>): void },
  answer: FakeKube['answer'],
  more: Partial<Collection<string>> = {},
) {
  const kube = new FakeKube(answer);
  const clock = new ManualClock();
  const log = new MemoryLog();
  const surroundings = { clock, log, random: () => 1 };
  const reflector = new Reflector(kube, { path: PATH, project: colour, ...more }, surroundings);
  const end = new AbortController();
  const running = reflector.run(end.signal);
  const stop = () => {
    end.abort();
    return running;
  };
  t.teardown(stop);
  const kept = () => reflector.items && Object.fromEntries(reflector.items);
  return { kube, clock, log, reflector, kept, stop };
}

import t from 'tap';
import { type Delays, EventLoop } from '../../../webhook/server/event-loop.ts';

/** Delays in milliseconds, as they would have been measured. */
class Measured implements Delays {
  readonly #values: number[] = [];

  add(...values: number[]): void {
    this.#values.push(...values);
  }

  get count(): number {
    return this.#values.length;
  }

  percentile(percentile: number): number {
    const sorted = this.#values.toSorted((a, b) => a - b);
    return (sorted[Math.ceil((sorted.length * percentile) / 100) - 1] ?? 0) * 1e6;
  }

  reset(): void {
    this.#values.length = 0;
  }
}

/** A loop that has been asked once: it judges what comes after that. */
function begun(delays: Delays) {
  const loop = new EventLoop(delays, 1000);
  loop.isOverloaded(0);
  return loop;
}

t.test('turns that keep coming late are an overload, until they come in time again', (t) => {
  const delays = new Measured();
  const loop = begun(delays);
  delays.add(100, 100, 100, 100, 100);
  t.equal(loop.isOverloaded(1000), false);
  delays.add(1200, 1300, 1200, 1300, 100);
  t.equal(loop.isOverloaded(6500), true);
  t.equal(loop.isOverloaded(6600), true, 'within the same second');
  delays.add(1200, 100, 100, 100, 100);
  t.equal(loop.isOverloaded(8500), false);
  t.end();
});

t.test('a single pause is none, however long', (t) => {
  const delays = new Measured();
  const loop = begun(delays);
  delays.add(60_000);
  t.equal(loop.isOverloaded(61_000), false);
  delays.add(100, 100, 100);
  t.equal(loop.isOverloaded(61_100), false, 'too few turns to judge by');
  delays.add(100);
  t.equal(loop.isOverloaded(61_200), false);
  t.end();
});

t.test('what a process does before its first request is no overload', (t) => {
  const delays = new Measured();
  const loop = new EventLoop(delays, 1000);
  delays.add(2000, 2000, 2000, 2000, 2000);
  t.equal(loop.isOverloaded(10_000), false);
  t.equal(delays.count, 0);
  t.end();
});

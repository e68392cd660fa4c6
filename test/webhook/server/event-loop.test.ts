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

t.test('turns that keep coming late are an overload, until they come in time again', (t) => {
  const delays = new Measured();
  const loop = new EventLoop(delays, 1000);
  delays.add(100, 100, 100);
  t.equal(loop.isOverloaded(1000), false);
  delays.add(1200, 1300);
  t.equal(loop.isOverloaded(3500), true);
  t.equal(loop.isOverloaded(3600), true, 'within the same second');
  delays.add(1200, 100, 100);
  t.equal(loop.isOverloaded(4500), false);
  t.end();
});

t.test('a single pause is none, however long', (t) => {
  const delays = new Measured();
  const loop = new EventLoop(delays, 1000);
  delays.add(60_000);
  t.equal(loop.isOverloaded(61_000), false);
  delays.add(100);
  t.equal(loop.isOverloaded(61_100), false);
  t.end();
});

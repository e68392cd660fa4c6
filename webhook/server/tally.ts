import { Counter, type Registry } from '@prometheus-io/client';

/**
 * A counter whose additions cost next to nothing: they only count, and the metric is made of it when it is scraped. The
 * values of the labels hold no blank.
 */
export class Tally<Label extends string> {
  readonly #counts = new Map<string, number>();

  constructor(registry: Registry, name: string, help: string, labelNames: readonly Label[]) {
    const counts = this.#counts;
    new Counter({
      name,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      collect() {
        this.reset();
        for (const [key, count] of counts) this.labels(...key.split(' ')).inc(count);
      },
    });
  }

  /** Adds one to the series with these values, in the order of the labels and parted by a blank. */
  add(values: string): void {
    this.#counts.set(values, (this.#counts.get(values) ?? 0) + 1);
  }

  /** Shows the series before anything is counted: one that first appears with its first event loses it to `rate()`. */
  start(values: string): void {
    this.#counts.set(values, 0);
  }
}

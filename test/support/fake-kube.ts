import type { Kube, KubeRequest, WatchEvent } from '../../webhook/controllers/kube.ts';
import { KubeError } from '../../webhook/controllers/kube-error.ts';

/** One watch that a test feeds. */
export class FakeWatch implements AsyncIterable<WatchEvent> {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly accept: string | undefined;
  #queue: WatchEvent[] = [];
  #end: { error?: unknown } | undefined;
  #notify = () => {};

  constructor(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
    accept?: string,
  ) {
    this.path = path;
    this.query = query;
    this.accept = accept;
    signal.addEventListener('abort', () => this.end(signal.reason));
  }

  push(type: WatchEvent['type'], object: object): void {
    this.#queue.push({ type, object });
    this.#notify();
  }

  /** Ends it as the API server does, or with an error. */
  end(error?: unknown): void {
    this.#end ??= error === undefined ? {} : { error };
    this.#notify();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<WatchEvent> {
    for (;;) {
      const event = this.#queue.shift();
      if (event) yield event;
      else if (this.#end?.error !== undefined) throw this.#end.error;
      else if (this.#end) return;
      else await this.#changed();
    }
  }

  #changed(): Promise<void> {
    return new Promise((resolve) => {
      this.#notify = resolve;
    });
  }
}

type Answer = (request: KubeRequest) => unknown;

/** An API server whose answers are a test's own. */
export class FakeKube implements Kube {
  readonly requests: KubeRequest[] = [];
  readonly watches: FakeWatch[] = [];
  /** Gives the answer, or throws it. */
  answer: Answer;

  constructor(answer: Answer) {
    this.answer = answer;
  }

  async request(request: KubeRequest): Promise<unknown> {
    this.requests.push(request);
    return this.answer(request);
  }

  async watch(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
    accept?: string,
  ): Promise<FakeWatch> {
    signal.throwIfAborted();
    const watch = new FakeWatch(path, query, signal, accept);
    this.watches.push(watch);
    return watch;
  }

  /** The newest watch of a path, as soon as there are so many of it. */
  async watching(path: string, count = 1): Promise<FakeWatch> {
    for (;;) {
      const found = this.watches.filter((watch) => watch.path === path);
      const last = found.at(-1);
      if (last && found.length >= count) return last;
      await settled();
    }
  }
}

/** The API server's refusal of that status. */
export function refusal(status: number, reason = ''): KubeError {
  return new KubeError(status, reason, `refused with ${status}`);
}

/** Lets everything go on that does not wait for something outside. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

import t, { type Test } from 'tap';
import { type Work, WorkQueue } from '../../../webhook/controllers/work-queue.ts';
import { settled } from '../../support/fake-kube.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { MemoryLog } from '../../support/memory-log.ts';

/** A queue of two workers that runs until its test ends; `open` lets the work of a key end, or fail. */
function start(t: Test, results: Readonly<Record<string, number>> = {}) {
  const clock = new ManualClock();
  const queue = new WorkQueue(2, { clock, log: new MemoryLog(), random: () => 1 });
  const began: string[] = [];
  const gates = new Map<string, (error?: Error) => void>();
  const work: Work = (key, signal) => {
    began.push(key);
    return new Promise((resolve, reject) => {
      const open = (error?: Error) => (error ? reject(error) : resolve(results[key]));
      signal.addEventListener('abort', () => open());
      gates.set(key, open);
    });
  };
  const end = new AbortController();
  const running = queue.run(end.signal, work);
  const stop = () => {
    end.abort();
    return running;
  };
  t.teardown(stop);
  const open = async (key: string, error?: Error) => {
    gates.get(key)?.(error);
    await settled();
  };
  return { clock, queue, began, open, stop };
}

t.test('no more keys than there are workers are worked on, in their order', async (t) => {
  const { queue, began, open } = start(t);
  for (const key of ['a', 'b', 'c', 'a']) queue.add(key);
  await settled();
  t.strictSame(began, ['a', 'b']);
  t.equal(queue.length, 3);
  await open('b');
  t.strictSame(began, ['a', 'b', 'c']);
  await open('a');
  await open('c');
  t.equal(queue.length, 0);
});

t.test(
  'a key that comes again while it is worked on is done once more, and not at once',
  async (t) => {
    const { queue, began, open } = start(t);
    queue.add('a');
    await settled();
    queue.add('a');
    queue.add('a');
    await settled();
    t.strictSame(began, ['a']);
    await open('a');
    t.strictSame(began, ['a', 'a']);
    await open('a');
    t.strictSame(began, ['a', 'a']);
  },
);

t.test('a key waits for its time, the earliest that was given', async (t) => {
  const { clock, queue, began } = start(t);
  queue.add('a', 2000);
  queue.add('a', 1000);
  queue.add('a', 3000);
  t.equal(queue.length, 0);
  await settled();
  clock.advance(999);
  await settled();
  t.strictSame(began, []);
  clock.advance(1);
  await settled();
  t.strictSame(began, ['a']);
  queue.add('b', 1000);
  queue.add('b');
  await settled();
  t.strictSame(began, ['a', 'b']);
});

t.test('work that asks for it is done again', async (t) => {
  const { clock, queue, began, open } = start(t, { a: 5000 });
  queue.add('a');
  await settled();
  await open('a');
  t.equal(queue.length, 0, 'it has succeeded');
  clock.advance(5000);
  await settled();
  t.strictSame(began, ['a', 'a']);
});

t.test('work that fails is tried again ever more slowly, until it succeeds', async (t) => {
  const { clock, queue, began, open } = start(t);
  queue.add('a');
  await settled();
  for (const [count, pause] of [500, 1000, 2000].entries()) {
    await open('a', new Error('refused'));
    t.equal(queue.length, 1);
    clock.advance(pause - 1);
    await settled();
    t.equal(began.length, count + 1);
    clock.advance(1);
    await settled();
    t.equal(began.length, count + 2);
  }
  await open('a');
  queue.add('a');
  await settled();
  await open('a', new Error('refused'));
  clock.advance(500);
  await settled();
  t.equal(began.length, 6, 'a success is the end of a row of failures');
});

t.test('it ends when the work that has begun has ended', async (t) => {
  const { queue, began, stop } = start(t);
  for (const key of ['a', 'b', 'c']) queue.add(key);
  await settled();
  await stop();
  t.strictSame(began, ['a', 'b']);
});

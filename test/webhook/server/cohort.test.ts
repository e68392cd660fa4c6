import { setImmediate } from 'node:timers/promises';
import t from 'tap';
import { COHORT_SIZE, cohorts } from '../../../webhook/server/cohort.ts';

/** Notes each step that is done; of the values that are in `ends`, the first step is the last. */
function noting(ends: readonly string[] = []) {
  const done: string[] = [];
  const step = (name: string, last: boolean) => (value: string) => {
    done.push(`${name} ${value}`);
    return !(last && ends.includes(value));
  };
  return { done, steps: [step('parse', true), step('answer', false)] };
}

t.test('values of one turn take each step together, in the order in which they came', async (t) => {
  const { done, steps } = noting();
  const take = cohorts(steps, () => 1);
  for (const value of ['a', 'b', 'c']) take(value);
  t.same(done, [], 'nothing before the turn has ended');
  await setImmediate();
  t.same(done, ['parse a', 'parse b', 'parse c', 'answer a', 'answer b', 'answer c']);
});

t.test('those of a later turn go on their own', async (t) => {
  const { done, steps } = noting();
  const take = cohorts(steps, () => 1);
  take('a');
  await setImmediate();
  take('b');
  await setImmediate();
  t.same(done, ['parse a', 'answer a', 'parse b', 'answer b']);
});

t.test('a cohort that is complete does not wait for the end of the turn', async (t) => {
  const { done, steps } = noting();
  const take = cohorts(steps, () => COHORT_SIZE / 2);
  for (const value of ['a', 'b', 'c']) take(value);
  const complete = ['parse a', 'parse b', 'answer a', 'answer b'];
  t.same(done, complete);
  await setImmediate();
  t.same(done, [...complete, 'parse c', 'answer c']);
});

t.test('a large value is a cohort with those that came before it', async (t) => {
  const { done, steps } = noting();
  const take = cohorts(steps, (value) => (value === 'large' ? COHORT_SIZE : 1));
  for (const value of ['small', 'large']) take(value);
  t.same(done, ['parse small', 'parse large', 'answer small', 'answer large']);
  await setImmediate();
  t.equal(done.length, 4, 'nothing is led twice');
});

t.test('a value whose step says so takes no further one', async (t) => {
  const { done, steps } = noting(['b']);
  const take = cohorts(steps, () => 1);
  for (const value of ['a', 'b', 'c']) take(value);
  await setImmediate();
  t.same(done, ['parse a', 'parse b', 'parse c', 'answer a', 'answer c']);
});

t.test('a value that comes in while others are led through waits for its turn', async (t) => {
  const done: string[] = [];
  const take = cohorts<string>(
    [
      (value) => {
        done.push(value);
        if (value === 'a') take('late');
        return true;
      },
    ],
    () => 1,
  );
  take('a');
  take('b');
  await setImmediate();
  await setImmediate();
  t.same(done, ['a', 'b', 'late']);
});

import t from 'tap';
import { backoff } from '../../certs/backoff.ts';

t.test('waiting times double from half a second to half a minute', async (t) => {
  const longest = [1, 2, 3, 7, 100, 5000].map((failures) => backoff(failures, () => 1));
  t.same(longest, [500, 1000, 2000, 30_000, 30_000, 30_000]);
});

t.test('a random half of them is left out', async (t) => {
  t.equal(
    backoff(3, () => 0),
    1000,
  );
  t.equal(
    backoff(3, () => 0.5),
    1500,
  );
});

t.test('without a failure the shortest is waited', async (t) => {
  t.equal(
    backoff(0, () => 1),
    500,
  );
  const drawn = backoff(1);
  t.ok(drawn >= 250 && drawn < 500);
});

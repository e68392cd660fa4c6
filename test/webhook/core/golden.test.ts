import t from 'tap';
import { goldenCase, goldenCases } from '../../support/golden.ts';

t.test('there are cases of every outcome', async (t) => {
  const outcomes = goldenCases().map((name) => goldenCase(name).expected.split('\n')[0]);
  const all = ['denied', 'injected', 'kept', 'stripped'].map((outcome) => `outcome: ${outcome}`);
  t.same([...new Set(outcomes)].sort(), all);
});

for (const name of goldenCases()) {
  t.test(`the case ${name} comes out as it was reviewed`, async (t) => {
    const { expected, actual } = goldenCase(name);
    t.equal(actual, expected);
  });
}

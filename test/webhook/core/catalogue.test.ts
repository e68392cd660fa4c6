import t from 'tap';
import { DENIALS } from '../../../webhook/core/catalogue/denials.ts';
import { WARNINGS } from '../../../webhook/core/catalogue/warnings.ts';
import { CATALOGUE, type Code } from '../../../webhook/core/catalogue.ts';

const CODES = Object.keys(CATALOGUE) as Code[];

t.test('the number of a code tells its kind, and codes stand in order', async (t) => {
  t.ok(CODES.every((code) => /^ZK[1-57]\d\d$/.test(code)));
  for (const codes of [Object.keys(DENIALS), Object.keys(WARNINGS), CODES]) {
    t.same(codes, [...codes].sort());
  }
  t.same(
    CODES.filter((code) => code.startsWith('ZK1')),
    Object.keys(DENIALS),
  );
  t.same(
    CODES.filter((code) => code.startsWith('ZK2')),
    Object.keys(WARNINGS),
  );
});

t.test('the reasons are sentences, and the rest is what one sentence is made of', async (t) => {
  for (const code of CODES) {
    const { why, found, expected, mend } = CATALOGUE[code];
    t.match(why, /^\S.*\.$/, code);
    for (const part of [found, expected, mend]) {
      t.match(part, /^\S.*$/, code);
      t.notMatch(part, /[\n\t]|[.;]$/, code);
    }
  }
});

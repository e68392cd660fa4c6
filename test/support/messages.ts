import type { Test } from 'tap';
import { type Problem, sentence, warningText } from '../../webhook/core/problems.ts';

/** Fails unless the message is whole: nothing is left to fill in, nothing is cut, and it is one line of plain words. */
export function assertReadable(t: Test, found: Problem): void {
  const text = sentence(found);
  t.equal(warningText(found), text, `${found.code} fits into a warning: ${text.length} characters`);
  t.match(text, /^ZK\d{3} [^\p{Cc}{}]+; expected [^\p{Cc}{}]+; [^\p{Cc}{}]+[^.;]$/u);
  t.notMatch(text, /undefined|null|\[object|NaN/);
}

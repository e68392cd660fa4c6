import type { Test } from 'tap';
import type { Reader, Unavailable } from '../readers/reader.ts';

/** Whether the reader is on this machine. If not, the test is skipped with one line; in CI, where it must be, it fails. */
export function isThere(t: Test, reader: Reader | Unavailable): reader is Reader {
  if (!('unavailable' in reader)) return true;
  if (process.env.CI) t.fail(reader.unavailable);
  else t.pass(reader.unavailable, { skip: reader.unavailable });
  return false;
}

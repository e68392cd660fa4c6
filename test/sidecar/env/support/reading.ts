import fc from 'fast-check';
import type { Test } from 'tap';
import type { EnvFormat } from '../../../../sidecar/contract.ts';
import { parseEnvFile } from '../../../../sidecar/env/parse.ts';
import { EnvSyntaxError } from '../../../../sidecar/env/syntax-error.ts';
import { CASES } from '../../../support/property.ts';
import type { Reader, Unavailable, Variables } from '../readers/reader.ts';
import { text } from './texts.ts';
import { isThere } from './there.ts';

type Accepted = { readonly text: string; readonly variables: Variables };

/**
 * Fails unless what our parser makes of files that people write is what a real reader makes of them, for `most` files
 * that ours does not refuse.
 */
export async function assertReadsAlike(
  t: Test,
  format: EnvFormat,
  reader: Reader | Unavailable,
  most = 500,
): Promise<void> {
  if (!isThere(t, reader)) return;
  const seed = Math.floor(Math.random() * 2 ** 31);
  const accepted = fc
    .sample(text, { numRuns: CASES, seed })
    .flatMap((one) => accept(one, format))
    .slice(0, most);
  const read = await reader(accepted.map((one) => one.text));
  const wrong = accepted.filter(({ variables }, index) =>
    [...variables].some(([name, value]) => read[index]?.get(name) !== value),
  );
  t.same(wrong.slice(0, 3), [], `seed ${seed}`);
  t.ok(accepted.length > Math.min(most, CASES) / 20, `${accepted.length} files were read`);
}

function accept(one: string, format: EnvFormat): Accepted[] {
  try {
    return [{ text: one, variables: new Map(Object.entries(parseEnvFile(one, format))) }];
  } catch (error) {
    if (error instanceof EnvSyntaxError) return [];
    throw error;
  }
}

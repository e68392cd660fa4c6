import fc from 'fast-check';
import type { Test } from 'tap';
import type { EnvFormat } from '../../../../sidecar/contract.ts';
import { parseEnvFile } from '../../../../sidecar/env/parse.ts';
import { renderEnvFile, tryRender } from '../../../../sidecar/env/render.ts';
import { CASES } from '../../../support/property.ts';
import type { Reader, Unavailable, Variables } from '../readers/reader.ts';
import { isThere } from './there.ts';
import { NAMES, value } from './values.ts';

/** So few that a reader which asks for each variable by itself stays fast, and a failure shows where it is. */
const VARIABLES_IN_A_FILE = 500;

/** Our own parser, as a reader like any other. */
const ours =
  (format: EnvFormat): Reader =>
  async (texts) =>
    texts.map((text) => new Map(Object.entries(parseEnvFile(text, format))));

/**
 * Fails unless a real reader, and our own parser, read back every random value that the format carries.
 */
export async function assertRoundTrips(
  t: Test,
  format: EnvFormat,
  reader: Reader | Unavailable,
): Promise<void> {
  if (!isThere(t, reader)) return;
  const seed = Math.floor(Math.random() * 2 ** 31);
  const files = [...carriedFiles(format, seed), carriedNames(format)];
  const texts = files.map((file) => renderEnvFile(Object.fromEntries(file), format));
  const read = [await reader(texts), await ours(format)(texts)];
  const wrong = files.flatMap((file, index) =>
    read.flatMap((found) => [...differences(file, found[index])].slice(0, 1)),
  );
  t.same(wrong, [], `seed ${seed}`);
  const count = files.reduce((sum, file) => sum + file.size, 0);
  t.ok(count >= CASES, `${count} variables came back`);
}

/** As many random values as a property has cases, in files, under names that tell nothing. */
function carriedFiles(format: EnvFormat, seed: number): Variables[] {
  const carried: string[] = [];
  for (let round = 0; carried.length < CASES; round++) {
    const values = fc.sample(value, { numRuns: CASES, seed: seed + round });
    carried.push(...values.filter((one) => 'text' in tryRender({ V: one }, format)));
  }
  carried.length = CASES;
  const files: Variables[] = [];
  while (carried.length > 0) {
    const some = carried.splice(0, VARIABLES_IN_A_FILE);
    files.push(new Map(some.map((one, index) => [`V${index}`, one])));
  }
  return files;
}

function carriedNames(format: EnvFormat): Variables {
  const all = NAMES.map((name) => [name, `value of ${name}`] as const);
  return new Map(all.filter(([name, text]) => 'text' in tryRender(objectOf(name, text), format)));
}

/** Not a literal: `__proto__` would be no property of one. */
const objectOf = (name: string, text: string) => Object.fromEntries([[name, text]]);

function* differences(wanted: Variables, found: Variables | undefined) {
  for (const [name, text] of wanted) {
    const got = found?.get(name);
    if (got !== text) yield { name, wanted: text, got };
  }
}

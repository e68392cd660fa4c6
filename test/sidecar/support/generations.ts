import type { Payload } from '../../support/secret-mount.ts';

/**
 * What generation number n holds: files that are added, removed, resized and moved into folders with it, each of which says which
 * generation it is of, and how many there are.
 */
export function payloadOf(n: number): Payload {
  const files = 1 + (n % 7);
  const value = (name: string) => `${n} ${name} ${'x'.repeat((n * 37) % 900)}`;
  const named = Array.from({ length: files }, (_, index) => {
    const name = (n + index) % 3 === 0 ? `nested/deep/file-${index}` : `file-${index}`;
    return [name, value(name)] as const;
  });
  return Object.fromEntries([...named, ['generation', String(n)], ['files', String(files)]]);
}

/** Which generation these variables are of; throws if they are of none or not of one alone. */
export function generationOf(variables: Readonly<Record<string, string>>): number {
  const n = Number(variables.GENERATION);
  const expected = Object.values(payloadOf(n)).map(String).sort();
  const found = Object.values(variables).sort();
  if (Number.isNaN(n) || found.join('\n') !== expected.join('\n')) {
    throw new Error(`torn: ${Object.keys(variables).join(', ')} of generation ${n}`);
  }
  return n;
}

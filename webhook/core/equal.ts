/**
 * Whether two values of JSON are equal; the order of keys does not count, that of lists does. No property of an object is
 * taken for one of its prototype: `valueOf`, `toString` and `constructor` are legal keys of labels and annotations.
 */
export function equal(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isNested(one) || !isNested(other)) return false;
  if (Array.isArray(one)) return Array.isArray(other) && equalLists(one, other);
  return !Array.isArray(other) && equalMaps(one, other);
}

type Nested = Readonly<Record<string, unknown>>;

function equalLists(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) {
    if (!equal(one[index], other[index])) return false;
  }
  return true;
}

function equalMaps(one: Nested, other: Nested): boolean {
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(other, key) || !equal(one[key], other[key])) return false;
  }
  return true;
}

function isNested(value: unknown): value is Nested {
  return typeof value === 'object' && value !== null;
}

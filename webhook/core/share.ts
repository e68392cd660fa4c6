/**
 * A value equal to the first that consists of the second wherever the two are equal; the second itself if they are equal
 * throughout. What is shared need not be compared again: the patch and its check pass over it. Lists are matched by index.
 */
export function share<T>(value: T, model: unknown): T {
  if (!isNested(value) || !isNested(model) || Array.isArray(value) !== Array.isArray(model)) {
    return value;
  }
  // The same kind of JSON value: both lists or both objects.
  const shared = Array.isArray(value)
    ? shareList(value, model as unknown as readonly unknown[])
    : shareObject(value, model);
  return shared as T;
}

type Nested = Readonly<Record<string, unknown>>;

/** Copies are made only where the two differ: mostly they are equal throughout. */
function shareList(value: readonly unknown[], model: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < value.length; index += 1) {
    const entry = share(value[index], model[index]);
    if (copy !== undefined) copy.push(entry);
    else if (index >= model.length || entry !== model[index]) {
      copy = [...model.slice(0, index), entry];
    }
  }
  if (copy !== undefined) return copy;
  return value.length === model.length ? model : model.slice(0, value.length);
}

function shareObject(value: Nested, model: Nested): Nested {
  const keys = Object.keys(value);
  let copy: [string, unknown][] | undefined;
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] as string;
    const own = Object.hasOwn(model, key);
    const entry = own ? share(value[key], model[key]) : value[key];
    if (copy !== undefined) copy.push([key, entry]);
    else if (!own || entry !== model[key]) copy = [...entriesOf(model, keys, index), [key, entry]];
  }
  if (copy === undefined && keys.length === Object.keys(model).length) return model;
  return Object.fromEntries(copy ?? entriesOf(model, keys, keys.length));
}

/** By `fromEntries`, a key `__proto__` stays a key. */
function entriesOf(model: Nested, keys: readonly string[], count: number): [string, unknown][] {
  return keys.slice(0, count).map((key) => [key, model[key]]);
}

function isNested(value: unknown): value is Nested {
  return typeof value === 'object' && value !== null;
}

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

function shareList(value: readonly unknown[], model: readonly unknown[]): readonly unknown[] {
  const shared = value.map((entry, index) => share(entry, model[index]));
  const equal = value.length === model.length && shared.every((entry, i) => entry === model[i]);
  return equal ? model : shared;
}

function shareObject(value: Nested, model: Nested): Nested {
  const keys = Object.keys(value);
  let equal = keys.length === Object.keys(model).length;
  const shared: [string, unknown][] = [];
  for (const key of keys) {
    const own = Object.hasOwn(model, key);
    const entry = own ? share(value[key], model[key]) : value[key];
    equal &&= own && entry === model[key];
    shared.push([key, entry]);
  }
  return equal ? model : Object.fromEntries(shared);
}

function isNested(value: unknown): value is Nested {
  return typeof value === 'object' && value !== null;
}

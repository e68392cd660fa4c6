/**
 * A value equal to the first that consists of the second wherever the two are equal; the second itself if they are equal
 * throughout. What is shared need not be compared again: the patch and its check pass over it. Lists are matched by index.
 */
export function share<T>(value: T, model: unknown): T {
  if (value === model || !isNested(value) || !isNested(model)) return value;
  const list = Array.isArray(value);
  if (list !== Array.isArray(model)) return value;
  // The same kind of JSON value: both lists or both objects.
  const shared = list
    ? shareList(value, model as unknown as readonly unknown[])
    : shareObject(value, model);
  return shared as T;
}

type Nested = Readonly<Record<string, unknown>>;

/** Copies are made only where the two differ: mostly they are equal throughout. */
function shareList(value: readonly unknown[], model: readonly unknown[]): readonly unknown[] {
  for (let index = 0; index < value.length; index += 1) {
    const entry = share(value[index], model[index]);
    if (index >= model.length || entry !== model[index]) {
      const rest = value.slice(index + 1).map((own, at) => share(own, model[index + 1 + at]));
      return [...model.slice(0, index), entry, ...rest];
    }
  }
  return value.length === model.length ? model : model.slice(0, value.length);
}

function shareObject(value: Nested, model: Nested): Nested {
  let count = 0;
  // JSON inherits no key that could be enumerated; a list of the keys would be made for each object.
  for (const key in value) {
    const [own, other] = [value[key], model[key]];
    const entry = own === other ? own : shareField(key, own, model);
    // A field that is `undefined` may not be there at all in the model.
    if (entry !== other || entry === undefined) return copied(value, model, count, entry);
    count += 1;
  }
  return count === Object.keys(model).length ? model : copied(value, model, count);
}

function shareField(key: string, own: unknown, model: Nested): unknown {
  return Object.hasOwn(model, key) ? share(own, model[key]) : own;
}

/** The first fields are the model's own, then comes the entry; by `fromEntries`, a key `__proto__` stays a key. */
function copied(value: Nested, model: Nested, count: number, entry?: unknown): Nested {
  return Object.fromEntries(
    Object.keys(value).map((key, index) => {
      if (index < count) return [key, model[key]];
      return [key, index === count ? entry : shareField(key, value[key], model)];
    }),
  );
}

function isNested(value: unknown): value is Nested {
  return typeof value === 'object' && value !== null;
}

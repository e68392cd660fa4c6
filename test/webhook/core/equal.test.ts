import fc from 'fast-check';
import t from 'tap';
import { equal } from '../../../webhook/core/equal.ts';
import { anyJson } from '../../support/arbitraries/json.ts';
import { holds } from '../../support/property.ts';
import { copyOf } from '../../support/statefulset.ts';

t.setTimeout(300_000);

t.test('a value equals its copy, and another value only if it reads the same', async (t) => {
  holds(t, anyJson, anyJson, (one, other) => {
    if (!equal(one, copyOf(one))) throw new Error('not equal to its copy');
    if (equal(one, other) !== (canonical(one) === canonical(other))) throw new Error('mistaken');
  });
});

t.test('keys that are methods of every object are keys like others', async (t) => {
  for (const key of ['valueOf', 'toString', 'constructor', '__proto__', 'hasOwnProperty']) {
    const [one, same] = [copyOf(withKey(key, 'x')), copyOf(withKey(key, 'x'))];
    t.ok(equal(one, same), key);
    t.notOk(equal(one, copyOf(withKey(key, 'y'))), key);
    t.notOk(equal(one, {}), key);
    t.notOk(equal({ other: 'x' }, one), key);
  }
});

t.test('the order of keys does not count, that of a list does', async (t) => {
  t.ok(equal({ a: 1, b: 2 }, { b: 2, a: 1 }));
  t.notOk(equal([1, 2], [2, 1]));
});

t.test('a list is no map, and nothing is no map', async (t) => {
  t.notOk(equal([], {}));
  t.notOk(equal({}, []));
  t.notOk(equal(null, {}));
  t.notOk(equal({ a: null }, {}));
  t.notOk(equal(0, ''));
});

function withKey(key: string, value: string): object {
  return Object.fromEntries([[key, value]]);
}

/** Text that is the same for equal values. */
function canonical(value: unknown): string {
  return fc.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return { entries: entries.map(([key, inner]) => ({ key, inner: sorted(inner) })) };
}

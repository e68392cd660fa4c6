import fc from 'fast-check';
import type { Json } from '../../../../webhook/core/statefulset.ts';
import type { PrintStyle } from './print.ts';

type Writable = Json[] | { [key: string]: Json };

/** Strings that readers of YAML 1.1, YAML 1.2 and JSON take for different things, and ordinary ones. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'mysql',
    'init-mysql',
    '/var/lib/mysql',
    'zrs',
    'line\nother\n',
    'set -ex\ncd /\n',
  ),
  fc.constantFrom(
    'yes',
    'on',
    'y',
    'null',
    '~',
    '',
    '0777',
    '0o17',
    '0x1F',
    '1_000',
    '12:30',
    '1e3',
  ),
  fc.constantFrom(
    '2001-01-01',
    '.inf',
    '<<',
    '=',
    '-',
    '?',
    '- a',
    'a: b',
    'a #b',
    '#',
    "it's",
    '"',
  ),
  fc.constantFrom(
    '{{ x }}',
    '*a',
    '&a',
    '!a',
    '%a',
    '@a',
    '`a',
    ' a ',
    'tab\t',
    '\u2028',
    '😀',
    '\\',
  ),
  fc.constantFrom(
    'true',
    'No',
    '0.1',
    '+1',
    '.5',
    '0b1',
    '---',
    '...',
    '{"json":["a b"]}',
    '\u0007é',
  ),
);

const key = fc.oneof(
  fc.constantFrom('name', 'image', 'labels', 'annotations', 'spec', 'volumes', 'zonekeeper.io/x'),
  fc.constantFrom('constructor', 'toString'),
  fc.constantFrom('on', 'y', '1', 'null', 'a b', "it's", '0777', 'a:', '#x', '-', ''),
);

const leaf: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.integer({ min: -1000, max: 70000 }),
  fc.boolean(),
  fc.constant(null),
);

const { value } = fc.letrec<{ value: Json; map: Json; list: Json }>((tie) => ({
  value: fc.oneof({ maxDepth: 4, withCrossShrink: true }, leaf, tie('map'), tie('list')),
  map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  list: fc.array(tie('value'), { maxLength: 3 }),
}));

const named = fc.record({ name: text, spec: value, mounts: fc.array(value, { maxLength: 2 }) });

/** Objects in the shape of a StatefulSet with anything at all within. */
export const manifest: fc.Arbitrary<Json> = fc
  .record({
    kind: fc.constant('StatefulSet'),
    metadata: fc.record({
      name: text,
      annotations: fc.dictionary(key, text, { maxKeys: 3, noNullPrototype: true }),
    }),
    spec: fc.record({
      template: fc.record({
        containers: fc.array(named, { minLength: 1, maxLength: 3 }),
        extra: value,
      }),
      claims: fc.array(fc.record({ spec: value }), { maxLength: 2 }),
    }),
  })
  .map((object): Json => structuredClone(object)); // with the prototype that objects of JSON have

export const printStyle: fc.Arbitrary<PrintStyle> = fc
  .record({
    step: fc.constantFrom(2, 2, 4, 3),
    indented: fc.boolean(),
    gap: fc.constantFrom(2, 2, 4),
    eol: fc.constantFrom('\n' as const, '\n' as const, '\r\n' as const),
    start: fc.boolean(),
    finalBreak: fc.boolean(),
    dice: fc.array(fc.nat(99), { minLength: 1, maxLength: 12 }),
  })
  .map(({ indented, ...style }) => ({ ...style, dash: indented ? style.step : 0 }));

/** Adds something somewhere: a key at the end of a map, an entry at either end of a list. */
export const addition: fc.Arbitrary<(object: Json) => Json> = fc
  .tuple(fc.array(fc.nat(), { maxLength: 5 }), value, fc.boolean())
  .map(([path, added, front]) => (object) => {
    const copy = structuredClone(object) as Json;
    const place = walk(copy, path);
    if (!Array.isArray(place)) place['zonekeeper.io/added'] = structuredClone(added);
    else if (front && place.every(isNamed))
      place.unshift({ name: 'zonekeeper-added', value: structuredClone(added) });
    else place.push({ name: 'zonekeeper-added', value: structuredClone(added) });
    return copy;
  });

/** Removes or replaces something somewhere. */
export const alteration: fc.Arbitrary<(object: Json) => Json> = fc
  .tuple(fc.array(fc.nat(), { maxLength: 6 }), fc.nat(), fc.option(value, { nil: undefined }))
  .map(([path, index, replacement]) => (object) => {
    const copy = structuredClone(object) as Json;
    const place = walk(copy, path);
    const keys = Object.keys(place);
    const chosen = keys[index % Math.max(1, keys.length)];
    if (chosen === undefined) return copy;
    if (Array.isArray(place)) {
      place.splice(
        Number(chosen),
        1,
        ...(replacement === undefined ? [] : [structuredClone(replacement)]),
      );
    } else if (replacement === undefined) delete place[chosen];
    else place[chosen] = structuredClone(replacement);
    return copy;
  });

/** Only what has a name can be told from what was put in front of it. */
function isNamed(entry: Json): boolean {
  return typeof entry === 'object' && entry !== null && 'name' in entry;
}

/** The list or map that a path of arbitrary numbers leads to. */
function walk(object: Json, path: readonly number[]): Writable {
  let place = object as Writable;
  for (const step of path) {
    const nested = Object.values(place).filter(
      (inner) => typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0,
    );
    if (nested.length === 0) break;
    place = nested[step % nested.length] as Writable;
  }
  return place;
}

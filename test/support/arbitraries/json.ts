import fc from 'fast-check';
import { copyOf } from '../statefulset.ts';

/** Keys that are legal in labels or in the maps of drivers and that a careless program stumbles over. */
const ODD_KEYS = [
  '__proto__',
  'constructor',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'toJSON',
  '',
];

/** Any JSON at all, as it comes out of a parser. */
export const anyJson: fc.Arbitrary<unknown> = fc
  .oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.dictionary(fc.constantFrom(...ODD_KEYS), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }),
    fc.constantFrom(null, '', 0, -1, 1e308, true, [], {}, [null], 2 ** 53, '\u0000\ud800'),
  )
  .map((value) => copyOf(value));

const PIECES = [
  ...'abzAZ09-_.,:/"{}\\ ',
  '\n',
  '\t',
  '\u0000',
  '\u0085',
  '\u2028',
  '\u202e',
  'ü',
  '猫',
  '🛢️',
  '\ud800',
];

/** Text of any kind: empty, with control characters, of any script. */
export const anyText = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 12 })
  .map((pieces) => pieces.join(''));

/** A map of text such as labels. */
export const textMap = fc.dictionary(
  fc.oneof(fc.constantFrom(...ODD_KEYS, 'app', 'example.com/team'), anyText),
  anyText,
  { maxKeys: 4 },
);

/** The value, or nothing, or one of the ways in which YAML writes nothing. */
export function maybe<T>(value: fc.Arbitrary<T>, ...nothings: unknown[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 3, arbitrary: value },
    fc.constantFrom<unknown>(undefined, ...nothings),
  );
}

import fc from 'fast-check';

/** What is special to some reader, by itself or beside another. */
const SPECIAL = [
  ...["'", '"', '`', '\\', '\\\\', "\\'", '\\"', '\\`', "'\\''", '\\n', '\\r', '\\t', '\\u0041'],
  ...['\n', '\r', '\r\n', '\t', '\v', '\f', '\b', '\u001b', '\u007f', '\u0085', '\u00a0'],
  ...[' ', '  ', '#', ' #', '!', ';', '=', ':', '&', '|', '<', '>', '(', ')', '*', '?', '~', '^'],
  ...[
    '$',
    '$$',
    '$HOME',
    '$' + '{HOME}',
    '$(id)',
    '`id`',
    '%',
    '%s',
    '{a,b}',
    '[a]',
    '@',
    ',',
    '/',
  ],
  ...['\nV0=', "\nV1='", '\n#', 'export ', '=', 'V2', '\\\n', '\n\n', "'\n", '"\n', '\n"'],
  ...['\u2028', '\u2029', '\ufeff', '\ufffd', '\ufdd0', '\uffff', '\u{1fffe}', 'é', '€', '😀', 'ﬁ'],
];

const special = fc.constantFrom(...SPECIAL);
const plain = fc.string({ unit: 'grapheme-ascii', maxLength: 8 });
const unicode = fc
  .string({ unit: 'binary', maxLength: 8 })
  .map((text) => text.replaceAll('\0', ''));

/** Values that people have, and values that stumble over every rule of quoting. Never with NUL or half a pair. */
export const value: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: joined(fc.oneof(special, plain), 6) },
  { weight: 4, arbitrary: joined(special, 4) },
  { weight: 4, arbitrary: joined(fc.oneof(plain, unicode), 4) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary-ascii' }).map((t) => t.replaceAll('\0', '')) },
  { weight: 1, arbitrary: fc.base64String({ minLength: 16, maxLength: 64 }) },
  { weight: 1, arbitrary: fc.nat(3000).map((length) => `${'long \\ line '.repeat(length / 12)}.`) },
);

/** Names that some reader could take for its own. */
export const NAMES = [
  ...['A', 'a', '_a', '__', 'A1', 'a_b', 'export', 'set', 'if', 'constructor', '__proto__'],
  ...['toString', 'hasOwnProperty', 'length', 'name', 'x'.repeat(200), 'UID', 'RANDOM', 'IFS'],
];

function joined(part: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> {
  return fc.array(part, { maxLength }).map((parts) => parts.join(''));
}

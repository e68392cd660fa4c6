import fc from 'fast-check';

const pieces = fc.array(
  fc.constantFrom(
    ...[
      'a',
      'b c',
      'é',
      '😀',
      ' ',
      '\t',
      '=',
      ':',
      '#',
      ' #',
      '\\',
      '\\\\',
      '\\n',
      '\\t',
      '\\u00e9',
    ],
    ...["'", '"', '`', '\\"', "\\'", '\\`', '\\$', '$', '%', '&', '{', '}', '~', '\\\n', '\n', '/'],
    ...['\\\r\n', '\r', '\u2028', '\ufeff', ',', '.', '-', '+', '1', 'x', '\\ '],
  ),
  { maxLength: 5 },
);
const inside = pieces.map((found) => found.join(''));
const quoted = fc
  .tuple(fc.constantFrom("'", '"', '`'), inside)
  .map(([mark, text]) => mark + text + mark);
const written = fc.oneof(
  { weight: 4, arbitrary: quoted },
  { weight: 2, arbitrary: fc.stringMatching(/^[a-z0-9 /.:-]{0,8}$/) },
  { weight: 1, arbitrary: inside },
  { weight: 1, arbitrary: fc.tuple(quoted, inside, quoted).map((parts) => parts.join('')) },
);

const assignment = fc
  .record({
    before: rarely('', [' ', '\t', 'export ', 'export\t']),
    equals: rarely('=', [' =', '= ', ' = ', ':', ': ', '=\t', '']),
    written,
    after: rarely('', [' ', '# comment', " # it's", ' ; x', '\t']),
  })
  .map((part) => (name: string) => part.before + name + part.equals + part.written + part.after);
const other = fc
  .constantFrom('', ' ', '\t', '# comment', ' # it\'s a "comment"', '; x', '! x', '# x\\', 'junk')
  .map((text) => () => text);
const line = fc.oneof({ weight: 5, arbitrary: assignment }, { weight: 1, arbitrary: other });

/** Files as people write them, in no grammar in particular: most are wrong in one or the other. */
export const text: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(line, { minLength: 1, maxLength: 3 }),
    rarely('\n', ['\r\n']),
    rarely('end', ['']),
  )
  .map(([lines, end, last]) => {
    const all = lines.map((write, index) => write(`N${index}`)).join(end);
    return last === '' ? all : all + end;
  });

function rarely(usual: string, others: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

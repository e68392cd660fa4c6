import dotenv18 from 'dotenv';
import dotenv16 from 'dotenv-16';
import dotenv17 from 'dotenv-17';
import t from 'tap';
import type { Reader } from './readers/reader.ts';
import { accepted, read, written } from './support/one.ts';
import { assertReadsAlike } from './support/reading.ts';
import { assertRoundTrips } from './support/round-trip.ts';

for (const [version, { parse }] of Object.entries({ 16: dotenv16, 17: dotenv17, 18: dotenv18 })) {
  const dotenv: Reader = async (texts) => texts.map((text) => new Map(Object.entries(parse(text))));

  t.test(`dotenv ${version} reads back what was written`, (t) =>
    assertRoundTrips(t, 'dotenv', dotenv),
  );

  t.test(`dotenv ${version} reads what people write as it is parsed here`, (t) =>
    assertReadsAlike(t, 'dotenv', dotenv),
  );
}

t.test('the first kind of quotes that holds the value is taken', async (t) => {
  t.equal(written('dotenv', ''), "NAME=''\n");
  t.equal(written('dotenv', 'a "b" `c` \\n'), 'NAME=\'a "b" `c` \\n\'\n');
  t.equal(written('dotenv', 'it\'s "b" \\n'), 'NAME=`it\'s "b" \\n`\n');
  t.equal(written('dotenv', "it's `c`\n"), 'NAME="it\'s `c`\n"\n');
  t.equal(written('dotenv', 'it\'s "b" `c` \\n'), 'NAME=it\'s "b" `c` \\n\n');
});

t.test('carriage returns are escaped in double quotes', async (t) => {
  t.equal(written('dotenv', 'a\r\nb\\\r'), 'NAME="a\\r\nb\\\\r"\n');
  const mix = 'refused: a mix of quotes, backslashes and line breaks';
  t.equal(written('dotenv', 'a\r"'), mix);
  t.equal(written('dotenv', 'a\r\\n'), mix);
  t.equal(written('dotenv', 'a\r\\r'), mix);
});

t.test('a backslash at the end is carried without quotes or not at all', async (t) => {
  t.equal(written('dotenv', 'C:\\dir name\\'), 'NAME=C:\\dir name\\\n');
  for (const value of ['a\nb\\', 'a #\\', "'a\\", ' a\\', 'a\r\\', 'a\u2028"\\']) {
    t.match(written('dotenv', value), /^refused: a backslash at its end/);
  }
});

t.test('a name that JavaScript objects have no room for is refused', async (t) => {
  t.equal(written('dotenv', 'v', '__proto__'), 'refused: a name that JavaScript keeps for itself');
});

t.test('people may write comments, export, bare words and three kinds of quotes', async (t) => {
  const text = `# first
export A = word\\ # comment
B="two\\nlines\\r"#comment\r
C='\\n' # it's
D=\`
\`
E=`;
  t.same(read('dotenv', text), { A: 'word\\', B: 'two\nlines\r', C: '\\n', D: '\n', E: '' });
});

t.test('what versions or readers could take for something else is refused', async (t) => {
  t.same(
    accepted('dotenv', ["'a", "'a'b", "'a\\'", "'a\\'b'", "'a\rb'", 'a\u2028b', '\u00a0a']),
    [],
  );
  t.equal(read('dotenv', 'A: 1\n'), 'line 1');
});

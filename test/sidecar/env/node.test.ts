import t from 'tap';
import { nodeEnvFile, nodeParseEnv } from './readers/node.ts';
import { accepted, read, written } from './support/one.ts';
import { assertReadsAlike } from './support/reading.ts';
import { assertRoundTrips } from './support/round-trip.ts';

t.test('node --env-file reads back what was written', (t) =>
  assertRoundTrips(t, 'node', nodeEnvFile),
);

t.test('util.parseEnv reads back what was written', (t) =>
  assertRoundTrips(t, 'node', nodeParseEnv),
);

t.test('util.parseEnv reads what people write as it is parsed here', (t) =>
  assertReadsAlike(t, 'node', nodeParseEnv),
);

t.test('the first kind of quotes that holds the value is taken', async (t) => {
  t.equal(written('node', ''), "NAME=''\n");
  t.equal(written('node', 'a "b" `c` \\n\\'), 'NAME=\'a "b" `c` \\n\\\'\n');
  t.equal(written('node', 'it\'s "b" \\n'), 'NAME=`it\'s "b" \\n`\n');
  t.equal(written('node', "it's `c`\n#"), 'NAME="it\'s `c`\n#"\n');
  t.equal(written('node', 'it\'s "b" `c` \\n'), 'NAME=it\'s "b" `c` \\n\n');
});

t.test('what no kind of quotes holds is refused', async (t) => {
  t.equal(written('node', 'a\rb'), 'refused: a carriage return');
  const mix = 'refused: a mix of quotes, backslashes and line breaks';
  t.equal(written('node', '\'"`'), mix);
  t.equal(written('node', 'a\'"`#'), mix);
  t.equal(written('node', 'a\'"`\nb'), mix);
  t.equal(written('node', 'a\'"` '), mix);
  t.equal(written('node', "a'`\\n\nb"), mix);
  t.equal(written('node', 'v', '__proto__'), 'refused: a name that JavaScript keeps for itself');
});

t.test('people may write comments, export, bare words and three kinds of quotes', async (t) => {
  const text = `# first
export A = word # comment
B="two\\nlines, \\r and \\t stay"#comment\r
C='\\n' # it's
D=\`
\`
E=
F=a'b`;
  t.same(read('node', text), {
    A: 'word',
    B: 'two\nlines, \\r and \\t stay',
    C: '\\n',
    D: '\n',
    E: '',
    F: "a'b",
  });
});

t.test('what is in no closed quotes, or beside them, is refused', async (t) => {
  t.same(accepted('node', ["'a", '"a', '`a', "'a'b", '"a" "b"', "'a\rb'", '\u00a0a']), []);
});

t.test('what Node.js takes for a part of a name, or the next line for, is refused', async (t) => {
  for (const text of ['export A=', 'export A =\r\n', 'export\tA=1', 'A= \nB=1']) {
    t.equal(read('node', text), 'line 1');
  }
  t.same(read('node', "export A=''"), { A: '' });
});

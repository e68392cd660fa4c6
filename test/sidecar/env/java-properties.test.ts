import t from 'tap';
import { javaProperties } from './readers/java.ts';
import { accepted, read, written } from './support/one.ts';
import { assertReadsAlike } from './support/reading.ts';
import { assertRoundTrips } from './support/round-trip.ts';

for (const way of ['stream', 'reader'] as const) {
  t.test(`java.util.Properties reads back what was written from a ${way}`, async (t) =>
    assertRoundTrips(t, 'java-properties', await javaProperties(way)),
  );
}

t.test('java.util.Properties reads what people write as it is parsed here', async (t) =>
  assertReadsAlike(t, 'java-properties', await javaProperties('reader')),
);

t.test('all but printable ASCII is escaped', async (t) => {
  t.equal(written('java-properties', ''), 'NAME=\n');
  t.equal(written('java-properties', 'a=b: #!\'"$'), 'NAME=a=b: #!\'"$\n');
  t.equal(written('java-properties', '\\\t\n\f\r'), 'NAME=\\\\\\t\\n\\f\\r\n');
  t.equal(
    written('java-properties', '\u0001é€😀\u007f'),
    'NAME=\\u0001\\u00e9\\u20ac\\ud83d\\ude00\\u007f\n',
  );
});

t.test('of blanks only the first is escaped, and only where it begins the value', async (t) => {
  t.equal(written('java-properties', '  a  '), 'NAME=\\  a  \n');
});

t.test('people may write comments of two kinds, colons and lines that go on', async (t) => {
  const text = `# first
! second\r
 A : one \\
  \t word \\u0041\\x\\ \r
B\t=\\
\r
C=é\rD=`;
  t.same(read('java-properties', text), { A: 'one word Ax ', B: '', C: 'é', D: '' });
});

t.test('half escapes, and names that are none of a variable, are refused', async (t) => {
  t.same(accepted('java-properties', ['\\u12', '\\', 'a\\uXYZW']), []);
  t.equal(read('java-properties', 'a.b=1\n'), 'line 1');
  t.equal(read('java-properties', 'a b\n'), 'line 1');
});

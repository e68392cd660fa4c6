import t from 'tap';
import { systemd } from './readers/systemd.ts';
import { accepted, read, written } from './support/one.ts';
import { assertReadsAlike } from './support/reading.ts';
import { assertRoundTrips } from './support/round-trip.ts';
import { isThere } from './support/there.ts';

t.test('systemd reads back what was written', async (t) =>
  assertRoundTrips(t, 'systemd', await systemd()),
);

t.test('systemd reads what people write as it is parsed here', async (t) =>
  assertReadsAlike(t, 'systemd', await systemd()),
);

t.test('single quotes hold all but themselves and backslashes, which are escaped', async (t) => {
  t.equal(written('systemd', ''), "NAME=''\n");
  t.equal(written('systemd', ' a $b `c` "d" #\r\n'), 'NAME=\' a $b `c` "d" #\r\n\'\n');
  t.equal(written('systemd', 'it\'s "$a" `b`\n'), 'NAME="it\'s \\"\\$a\\" \\`b\\`\n"\n');
  t.equal(written('systemd', 'a\\nb\\'), 'NAME="a\\\\nb\\\\"\n');
});

t.test('a noncharacter is refused, because systemd would refuse the whole file', async (t) => {
  for (const noncharacter of ['\ufdd0', '\ufffe', '\u{10ffff}']) {
    t.equal(written('systemd', `a${noncharacter}`), 'refused: a Unicode noncharacter');
  }
  const reader = await systemd();
  if (!isThere(t, reader)) return;
  await t.rejects(reader(["A='\ufdd0'\n"]), /errno 22/);
});

t.test('more than Linux passes on is refused', async (t) => {
  const longest = 'x'.repeat(128 * 1024 - 'NAME=\0'.length);
  t.equal(written('systemd', longest), `NAME='${longest}'\n`);
  t.equal(written('systemd', `${longest}x`), 'refused: more than 128 KiB');
});

t.test('people may write comments of two kinds, bare words and both kinds of quotes', async (t) => {
  const text = `# first
; second
 A = two words \\\t\\\\  \r
B="a \\"b\\" \\$c \\n, joined \\
line" \t
C='\\n
'
D=joined \\
  line
E=`;
  t.same(read('systemd', text), {
    A: 'two words \t\\',
    B: 'a "b" $c \\n, joined line',
    C: '\\n\n',
    D: 'joined   line',
    E: '',
  });
});

t.test('what stands beside quotes, or in none that close, is refused', async (t) => {
  t.same(accepted('systemd', ["'a", '"a', "'a'b", '"a" # b', 'a\\']), []);
  t.equal(read('systemd', 'export A=1\n'), 'line 1');
  t.equal(read('systemd', '# goes on \\\nA=1\n'), 'line 1');
});

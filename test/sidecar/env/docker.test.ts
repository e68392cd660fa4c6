import t from 'tap';
import { docker } from './readers/go.ts';
import { read, written } from './support/one.ts';
import { assertReadsAlike } from './support/reading.ts';
import { assertRoundTrips } from './support/round-trip.ts';
import { isThere } from './support/there.ts';

t.test('docker --env-file reads back what was written', async (t) =>
  assertRoundTrips(t, 'docker', await docker()),
);

t.test('docker --env-file reads what people write as it is parsed here', async (t) =>
  assertReadsAlike(t, 'docker', await docker()),
);

t.test('values stand as they are, quotes included', async (t) => {
  t.equal(written('docker', ''), 'NAME=\n');
  t.equal(written('docker', ' \'a\' "b" # \\ \r '), 'NAME= \'a\' "b" # \\ \r \n');
});

t.test('what would end the line, or be cut off at its end, is refused', async (t) => {
  t.equal(written('docker', 'a\nb'), 'refused: a line break');
  t.equal(written('docker', 'a\r'), 'refused: a carriage return at its end');
});

t.test('a line may be as long as Docker reads, and no longer', async (t) => {
  const longest = 'é'.repeat((64 * 1024 - 'NAME=\n'.length) / 2);
  t.equal(written('docker', `${longest}x`), 'refused: a line of 64 KiB or more');
  const reader = await docker();
  if (!isThere(t, reader)) return;
  const [found] = await reader([written('docker', longest)]);
  t.ok(found?.get('NAME') === longest);
  await t.rejects(reader([`NAME=${longest}x\n`]), /token too long/);
});

t.test('people may write comments and blank lines', async (t) => {
  t.same(read('docker', '# first\n\n A=1 # no comment\r\nB=a\rb\r\n \t\nC="c"'), {
    A: '1 # no comment',
    B: 'a\rb',
    C: '"c"',
  });
});

t.test(
  'a name alone is refused: it stands for what the reader has in its own environment',
  async (t) => {
    t.equal(read('docker', 'A=1\nHOME\n'), 'line 2');
    t.equal(read('docker', 'export A=1\n'), 'line 1');
  },
);

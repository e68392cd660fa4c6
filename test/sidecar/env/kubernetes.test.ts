import t from 'tap';
import { kubelet } from './readers/go.ts';
import { accepted, read, written } from './support/one.ts';
import { assertReadsAlike } from './support/reading.ts';
import { assertRoundTrips } from './support/round-trip.ts';
import { isThere } from './support/there.ts';

t.test('the kubelet reads back what was written', async (t) =>
  assertRoundTrips(t, 'kubernetes', await kubelet()),
);

t.test('the kubelet reads what people write as it is parsed here', async (t) =>
  assertReadsAlike(t, 'kubernetes', await kubelet()),
);

t.test('values stand in single quotes, in which nothing is special', async (t) => {
  t.equal(written('kubernetes', ' "a" $(B) \\ #\r \n=\r'), 'NAME=\' "a" $(B) \\ #\r \n=\r\'\n');
});

t.test('what single quotes cannot hold is refused', async (t) => {
  t.equal(written('kubernetes', "it's"), 'refused: a single quote');
  t.equal(written('kubernetes', 'a\r\nb'), 'refused: a carriage return before a line break');
});

t.test(
  'an empty value is refused, because the kubelet would not start the container',
  async (t) => {
    t.equal(written('kubernetes', ''), 'refused: an empty value');
    const reader = await kubelet();
    if (!isThere(t, reader)) return;
    t.same(await reader(["NAME=''\n"]), [new Map()]);
  },
);

t.test('a line may be as long as the kubelet reads, and no longer', async (t) => {
  const first = 'x'.repeat(64 * 1024 - "NAME='\n".length);
  const second = 'x'.repeat(64 * 1024 - "'\n".length);
  const refusal = 'refused: a line of 64 KiB or more';
  t.equal(written('kubernetes', `${first}x\n`), refusal);
  t.equal(written('kubernetes', `\n${second}x`), refusal);
  const reader = await kubelet();
  if (!isThere(t, reader)) return;
  for (const value of [`${first}\n`, `\n${second}`]) {
    const [found] = await reader([written('kubernetes', value)]);
    t.ok(found?.get('NAME') === value);
  }
  await t.rejects(reader([`NAME='${first}x\n'\n`]), /token too long/);
  await t.rejects(reader([`NAME='\n${second}x'\n`]), /unclosed single quote/);
});

t.test('more than Linux passes on is refused', async (t) => {
  const line = `${'x'.repeat(1023)}\n`;
  const longest = line.repeat(128).slice('NAME=\0'.length);
  t.equal(written('kubernetes', longest), `NAME='${longest}'\n`);
  t.equal(written('kubernetes', `${longest}x`), 'refused: more than 128 KiB');
});

t.test('people may write comments, also after a value', async (t) => {
  const text = "# first\n\n A='1' # it's\r\n\tB='a\nb'#\n  # last";
  t.same(read('kubernetes', text), { A: '1', B: 'a\nb' });
});

t.test('what the kubelet reads as nothing, or not at all, is refused', async (t) => {
  t.same(accepted('kubernetes', ['b', '"b"', "'b", "'b'c", "''", " 'b'", "'a\r\nb'"]), []);
  t.equal(read('kubernetes', "A ='1'\n"), 'line 1');
  t.equal(read('kubernetes', "export A='1'\n"), 'line 1');
});

import t from 'tap';
import { tryRender } from '../../../sidecar/env/render.ts';
import { output } from './readers/program.ts';
import { shell } from './readers/shell.ts';
import { accepted, read, written } from './support/one.ts';
import { assertReadsAlike } from './support/reading.ts';
import { assertRoundTrips } from './support/round-trip.ts';
import { isThere } from './support/there.ts';

for (const name of ['dash', 'bash'] as const) {
  t.test(`${name} reads back what was written`, async (t) =>
    assertRoundTrips(t, 'posix', await shell(name)),
  );

  t.test(`${name} reads what people write as it is parsed here`, async (t) =>
    assertReadsAlike(t, 'posix', await shell(name), 100),
  );
}

t.test('values stand in single quotes, and single quotes outside of them', async (t) => {
  t.equal(written('posix', ''), "NAME=''\n");
  t.equal(written('posix', 'a $HOME `id` "\\ #\r\n'), "NAME='a $HOME `id` \"\\ #\r\n'\n");
  t.equal(written('posix', "it's"), "NAME='it'\\''s'\n");
});

t.test('names that shells keep for themselves are refused', async (t) => {
  for (const name of ['UID', 'RANDOM', '_', 'PPID']) {
    t.equal(written('posix', '1', name), 'refused: a name that shells keep for themselves');
  }
  t.equal(written('posix', '1', 'UID_'), "UID_='1'\n");
});

t.test('every other variable that a bash has keeps the value that is assigned to it', async (t) => {
  const bash = await shell('bash');
  if (!isThere(t, bash)) return;
  const known = (await output('bash', ['--norc', '-c', 'compgen -v'])).trim().split('\n');
  const carried = known.filter((name) => 'text' in tryRender({ [name]: 'v w' }, 'posix'));
  // The one that finds the program which shows the environment.
  const names = carried.filter((name) => name !== 'PATH');
  const found = await bash(names.map((name) => written('posix', 'v w', name)));
  t.same(
    names.filter((name, index) => found[index]?.get(name) !== 'v w'),
    [],
  );
  t.ok(carried.length < known.length);
});

t.test('a variable may be as long as Linux passes on, and no longer', async (t) => {
  const longest = 'é'.repeat((128 * 1024 - 'NAME=\0'.length) / 2);
  t.equal(written('posix', `${longest}x`), 'refused: more than 128 KiB');
  const bash = await shell('bash');
  if (!isThere(t, bash)) return;
  const [found] = await bash([written('posix', longest)]);
  t.ok(found?.get('NAME') === longest);
  await t.rejects(bash([`NAME='${longest}x'\n`]), /Argument list too long/);
});

t.test('people may write comments, export, words and both kinds of quotes', async (t) => {
  const text = `# first
  export A=word
B=a\\ b'c d'"e \\"\\$\\\`\\\\ \\f" # comment

C="two
lines"
D="joined \\
line"
E=joined\\
word
F=`;
  t.same(read('posix', text), {
    A: 'word',
    B: 'a bc de "$`\\ \\f',
    C: 'two\nlines',
    D: 'joined line',
    E: 'joinedword',
    F: '',
  });
  t.same(read('posix', ''), {});
  t.same(read('posix', ' # only a comment'), {});
});

t.test('what a shell would run, expand or split is refused', async (t) => {
  const values = ['$HOME', '"$HOME"', '`id`', '~', 'a;id', 'a b', '"a', "'a", 'a*', '\\', 'a#'];
  t.same(accepted('posix', values), []);
  t.equal(read('posix', 'A =1\n'), 'line 1');
  t.equal(read('posix', 'A\n'), 'line 1');
  t.equal(read('posix', "A='1'\r\n"), 'line 1');
  t.equal(read('posix', "A='\n\n'\nid\n"), 'line 4');
});

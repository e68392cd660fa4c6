import t from 'tap';
import { listed, plain, problem, sentence, warningText } from '../../../webhook/core/problems.ts';

t.test('a problem says what was found, what was expected and how to mend it', async (t) => {
  const found = problem('ZK104', {
    key: 'storage-class',
    value: 'managed',
    profile: 'default',
    allowed: '"zonekeeper-zrs"',
  });
  t.same(found, {
    code: 'ZK104',
    found: 'annotation zonekeeper.io/storage-class names "managed"',
    expected: 'what profile "default" allows: "zonekeeper-zrs"',
    mend: 'choose one of these, or have the administrator extend the list',
  });
  t.equal(
    sentence(found),
    'ZK104 annotation zonekeeper.io/storage-class names "managed"; expected what profile "default" allows: "zonekeeper-zrs"; choose one of these, or have the administrator extend the list',
  );
});

t.test('a value cannot break the line or the encoding of its sentence', async (t) => {
  const { found } = problem('ZK101', { value: 'a\nb\t\u0000c\ud800d\u2028e\u0085f' });
  t.equal(found, 'annotation zonekeeper.io/inject is "a b c d e f"');
});

t.test('a value is never taken for a placeholder or a pattern', async (t) => {
  const { found } = problem('ZK101', { value: '{value} $& $1' });
  t.equal(found, 'annotation zonekeeper.io/inject is "{value} $& $1"');
});

t.test('a long value is cut between characters, not within one', async (t) => {
  const { found } = problem('ZK101', { value: '🛢'.repeat(500) });
  t.equal(found, `annotation zonekeeper.io/inject is "${'🛢'.repeat(159)}…"`);
});

t.test('a warning has 256 characters at most and one that fits is not touched', async (t) => {
  const long = problem('ZK219', {
    code: 'ZK103',
    found: 'x'.repeat(160),
    expected: 'y'.repeat(160),
    mend: 'z',
  });
  t.equal([...warningText(long)].length, 256);
  t.match(warningText(long), /…$/);
  const short = problem('ZK217', {});
  t.equal(warningText(short), sentence(short));
});

t.test('a list of names is quoted, and cut where it is long', async (t) => {
  t.equal(listed(['default', 'gold']), '"default", "gold"');
  t.equal(listed([]), '(none)');
  t.equal(listed(['a', 'b', 'c'], 2), '"a", "b" and 1 more');
  t.equal(listed(['x'.repeat(50)]), `"${'x'.repeat(39)}…"`);
});

t.test('a number is told as it is', async (t) => {
  t.equal(plain(42), '42');
});

import t from 'tap';
import { AnnotationReader } from '../../../webhook/core/annotation-reader.ts';
import { sentence } from '../../../webhook/core/problems.ts';
import { DNS_SUBDOMAIN } from '../../../webhook/core/values.ts';

function reading(asked: Record<string, string>) {
  const reader = new AnnotationReader(asked);
  return { reader, problems: () => reader.problems.map(sentence) };
}

t.test('a word is trimmed and tells where it comes from', async (t) => {
  const { reader } = reading({ profile: ' gold ' });
  t.same(reader.word('profile', 'default'), { value: 'gold', origin: 'annotation' });
  t.same(reader.word('other', 'default'), { value: 'default', origin: 'default' });
});

t.test('a name that breaks its grammar or is too long is a problem', async (t) => {
  const { reader, problems } = reading({ a: 'ok', b: 'Not ok', c: 'x'.repeat(254) });
  t.equal(reader.one('a', DNS_SUBDOMAIN, 'a name'), 'ok');
  t.equal(reader.one('b', DNS_SUBDOMAIN, 'a name'), undefined);
  t.equal(reader.one('c', DNS_SUBDOMAIN, 'a name'), undefined);
  t.equal(reader.one('d', DNS_SUBDOMAIN, 'a name'), undefined);
  t.match(problems(), [
    'ZK103 annotation zonekeeper.io/b is "Not ok"; expected a name; correct the value or remove the annotation',
    /^ZK103 annotation zonekeeper.io\/c is "x{159}…"/,
  ]);
});

t.test('the word none asks for nothing, in the annotation and in the profile', async (t) => {
  const { reader } = reading({ a: 'none', b: 'gold' });
  const read = (key: string, fallback?: string) =>
    reader.nameOrNone(key, DNS_SUBDOMAIN, 'a class', fallback);
  t.same(read('a', 'silver'), { value: undefined, origin: 'annotation' });
  t.same(read('b', 'silver'), { value: 'gold', origin: 'annotation' });
  t.same(read('c', 'silver'), { value: 'silver', origin: 'profile' });
  t.same(read('c', 'none'), { value: undefined, origin: 'profile' });
  t.same(read('c'), { value: undefined, origin: 'profile' });
});

t.test('every bad name of a list is a problem of its own', async (t) => {
  const { reader, problems } = reading({ list: 'a, B\nc_d, a,a' });
  t.same(reader.list('list', DNS_SUBDOMAIN, 'names'), ['a', 'B', 'c_d', 'a', 'a']);
  t.match(problems(), [
    /^ZK103 .*"B"; expected names, by comma or newline;/,
    /^ZK103 .*"c_d"/,
    /^ZK105 annotation zonekeeper.io\/list lists "a" twice; expected each name once;/,
  ]);
  t.equal(problems().length, 3);
});

t.test('a list that names nothing is a problem, one that is absent is not', async (t) => {
  const { reader, problems } = reading({ list: ' ,\n' });
  t.equal(reader.list('absent', DNS_SUBDOMAIN, 'names'), undefined);
  t.same(reader.list('list', DNS_SUBDOMAIN, 'names'), []);
  t.match(problems(), [/^ZK103 annotation zonekeeper.io\/list is " , "; expected names/]);
});

t.test('a list of a hundred names is read, a longer one is refused as a whole', async (t) => {
  const names = Array.from({ length: 101 }, (_, index) => `n${index}`);
  const { reader, problems } = reading({ most: names.slice(1).join(), more: names.join() });
  t.same(reader.list('most', DNS_SUBDOMAIN, 'names'), names.slice(1));
  t.equal(reader.list('more', DNS_SUBDOMAIN, 'names'), undefined);
  t.match(problems(), [
    /^ZK103 annotation zonekeeper.io\/more is "101 names"; expected at most 100;/,
  ]);
  t.equal(problems().length, 1);
});

t.test('the mount path has a default and a limit', async (t) => {
  t.same(reading({}).reader.mountPath(), { value: '/mnt/secrets-store', origin: 'default' });
  const given = reading({ 'mount-path': ' /etc/secrets/ ' });
  t.same(given.reader.mountPath(), { value: '/etc/secrets', origin: 'annotation' });
  t.same(given.problems(), []);
  for (const path of ['etc', '/a/../b', `/${'a'.repeat(1024)}`]) {
    const wrong = reading({ 'mount-path': path });
    t.equal(wrong.reader.mountPath().value, '/mnt/secrets-store');
    t.match(wrong.problems(), [/expected an absolute path of at most 1024 characters/]);
  }
});

t.test('a failover of 5 to 300 seconds is read, any other is a problem', async (t) => {
  for (const [text, seconds] of [
    ['5s', 5],
    ['300s', 300],
    ['5m', 300],
    [' 1m30s ', 90],
  ] as const) {
    t.equal(reading({ 'fast-failover': text }).reader.duration(), seconds);
  }
  t.equal(reading({}).reader.duration(), undefined);
  for (const text of ['4s', '301s', '30', 'soon', '']) {
    const { reader, problems } = reading({ 'fast-failover': text });
    t.equal(reader.duration(), undefined);
    t.match(problems(), [/expected a duration from 5s to 300s, such as 30s/]);
  }
});

import t from 'tap';
import {
  DNS_SUBDOMAIN,
  LABEL_VALUE,
  parseDuration,
  parseList,
  parseMountPath,
  SCHEDULER_NAME,
} from '../../../webhook/core/values.ts';

t.test('a list is split by comma and newline, blanks and empty entries do not count', async (t) => {
  t.same(parseList('a, b\nc'), ['a', 'b', 'c']);
  t.same(parseList(' a ,,\n , b,'), ['a', 'b']);
  t.same(parseList(' \n,'), []);
});

t.test('a duration is minutes and seconds', async (t) => {
  t.equal(parseDuration('45s'), 45);
  t.equal(parseDuration('2m'), 120);
  t.equal(parseDuration('1m30s'), 90);
  t.equal(parseDuration('0s'), 0);
});

t.test('what is no duration is none', async (t) => {
  for (const text of ['', 's', '5', '-5s', '5 s', '1h', '30s1m', '1.5m', '5S', '１s']) {
    t.equal(parseDuration(text), undefined, text);
  }
});

t.test('a mount path is absolute, not the root, and loses slashes at its end', async (t) => {
  t.equal(parseMountPath('/mnt/secrets-store'), '/mnt/secrets-store');
  t.equal(parseMountPath('/mnt/secrets-store//'), '/mnt/secrets-store');
  t.equal(parseMountPath('/mnt/my secrets'), '/mnt/my secrets');
  t.equal(parseMountPath('/..data'), '/..data');
});

t.test(
  'a path that could not be mounted, or would be another than it says, is refused',
  async (t) => {
    const wrong = ['', '/', '//', 'mnt', '/a//b', '/a/../b', '/a/.', '/a:b', '/a\nb', '/a\u007f'];
    for (const path of [...wrong, `/${'a'.repeat(4096)}`]) {
      t.equal(parseMountPath(path), undefined, JSON.stringify(path.slice(0, 20)));
    }
  },
);

t.test('names of objects are lower case and may have dots', async (t) => {
  for (const name of ['a', 'managed-csi', 'vault.two', '0a.b-c.d']) t.match(name, DNS_SUBDOMAIN);
  for (const name of ['', 'A', '-a', 'a-', 'a..b', 'a_b', '.a', 'a\n']) {
    t.notMatch(name, DNS_SUBDOMAIN);
  }
});

t.test('schedulers may be called what no object may', async (t) => {
  for (const name of ['volcano', 'My_Scheduler.v2', 'a']) t.match(name, SCHEDULER_NAME);
  for (const name of ['', '-', 'a b', 'a/b', '.a']) t.notMatch(name, SCHEDULER_NAME);
});

t.test('label values have 63 characters at most and are not empty', async (t) => {
  for (const value of ['ppg-1', 'A.b_c', 'a'.repeat(63)]) t.match(value, LABEL_VALUE);
  for (const value of ['', 'a'.repeat(64), '-a', 'a b', 'a/b']) t.notMatch(value, LABEL_VALUE);
});

import t from 'tap';
import { AnnotationReader } from '../../../../webhook/core/annotation-reader.ts';
import { sentence } from '../../../../webhook/core/problems.ts';
import { objectsOf, readObjects } from '../../../../webhook/core/secrets/vault-objects.ts';

function problemsOf(secrets: string): string[] {
  const reader = new AnnotationReader({ secrets });
  readObjects(reader);
  return reader.problems.map(sentence);
}

const codes = (secrets: string) => problemsOf(secrets).map((text) => text.slice(0, 5));

t.test('objects are listed by comma or newline', async (t) => {
  const reader = new AnnotationReader({ secrets: 'root,\n  cert/web\n' });
  t.match(readObjects(reader), [{ name: 'root' }, { type: 'cert', name: 'web' }]);
  t.same(reader.problems, []);
  t.equal(readObjects(new AnnotationReader({})), undefined);
});

t.test('a list of nothing, or of too much, is refused', async (t) => {
  t.match(problemsOf(' ,\n'), [/^ZK103 .*expected objects of the key vault/]);
  const many = Array.from({ length: 101 }, (_, index) => `s${index}`);
  t.match(problemsOf(many.join()), [/^ZK103 .*is "101 objects"; expected at most 100;/]);
  t.same(problemsOf(many.slice(1).join()), []);
});

t.test('one object is listed once, whatever its case, file and version', async (t) => {
  t.same(codes('a, a'), ['ZK115']);
  t.same(codes(`a, x=A@${'0'.repeat(32)}, y=secret/a`), ['ZK115'], 'told of once');
  t.same(codes('a, x=cert/a, y=key/a'), [], 'types are different objects');
});

t.test('each object has a file of its own, which is no other’s folder', async (t) => {
  t.match(problemsOf('a, cert/a'), [/^ZK116 .*file "a" twice.*OTHER=cert\/a$/]);
  t.same(codes('a=x, A=y'), [], 'files differ by case');
  t.match(problemsOf('tls, tls/x/y=b'), [/^ZK117 .*file "tls" and.*"tls\/x\/y"/]);
  t.same(codes('tls/x=a, tls/y=b, tls-x=c'), []);
});

t.test('everything is told at once', async (t) => {
  t.same(codes('a, a, b=c, b=d, b/x=e, _, @1'), [
    'ZK103',
    'ZK103',
    'ZK103',
    'ZK115',
    'ZK116',
    'ZK117',
  ]);
});

t.test('a list that was accepted reads without a reader', async (t) => {
  t.match(objectsOf('a, x=cert/b'), [{ file: 'a' }, { file: 'x' }]);
  t.same(objectsOf(''), []);
  t.same(objectsOf('_'), []);
});

import fc from 'fast-check';
import t from 'tap';
import {
  objectText,
  parseObject,
  type VaultObject,
} from '../../../../webhook/core/secrets/vault-object.ts';
import { anyText } from '../../../support/arbitraries/json.ts';

const VERSION = '0123456789abcdef0123456789ABCDEF';

function read(entry: string): VaultObject | readonly string[] {
  const parsed = parseObject(entry);
  return parsed.expected ?? parsed.object;
}

t.test('an entry is a name, with type, version and file where they are told', async (t) => {
  t.same(read('root'), { type: 'secret', name: 'root', file: 'root' });
  t.same(read('cert/web'), { type: 'cert', name: 'web', file: 'web' });
  t.same(read(`tls/ca.pem=key/web@${VERSION}`), {
    type: 'key',
    name: 'web',
    version: VERSION,
    file: 'tls/ca.pem',
  });
  t.same(read(` a = secret / b @ ${VERSION}`), {
    type: 'secret',
    name: 'b',
    version: VERSION,
    file: 'a',
  });
  t.match(read('a'.repeat(127)), { name: 'a'.repeat(127) });
});

/** What would leave a pod in ContainerCreating, or not be what it seems. */
const WRONG: Readonly<Record<string, RegExp>> = {
  'secrets/a': /^secret\/, cert\/ or key\/$/,
  'Secret/a': /^secret\/, cert\/ or key\/$/,
  '/a': /^secret\/, cert\/ or key\/$/,
  '': /name of 1 to 127/,
  'secret/': /name of 1 to 127/,
  a_b: /name of 1 to 127/,
  'a.b': /name of 1 to 127/,
  naïve: /name of 1 to 127/,
  'a\nb': /name of 1 to 127/,
  ['a'.repeat(128)]: /name of 1 to 127/,
  'a@': /32 hexadecimal/,
  'a@latest': /32 hexadecimal/,
  [`a@${VERSION}0`]: /32 hexadecimal/,
  [`a@${VERSION}@`]: /32 hexadecimal/,
  '=a': /relative path/,
  '/etc/x=a': /relative path/,
  'x/=a': /relative path/,
  'x//y=a': /relative path/,
  './x=a': /relative path/,
  '..=a': /relative path/,
  '../x=a': /relative path/,
  'x/../y=a': /relative path/,
  'a..b=a': /relative path/,
  'x y=a': /relative path/,
  'x:y=a': /relative path/,
  [`${'x'.repeat(254)}=a`]: /relative path/,
};

t.test('what the provider, the driver or the vault refuses is refused here', async (t) => {
  for (const [entry, expected] of Object.entries(WRONG)) t.match(read(entry), [expected], entry);
});

t.test('everything that is wrong with an entry is told', async (t) => {
  t.equal((read('../x=password/a_b@1') as readonly string[]).length, 4);
});

t.test('an object’s text reads as the object, and any text can be looked at', async (t) => {
  const property = fc.property(fc.oneof(anyText, fc.string()), (text) => {
    const parsed = parseObject(text);
    if (parsed.expected !== undefined) return parsed.expected.length > 0;
    t.same(read(objectText(parsed.object)), parsed.object);
    return true;
  });
  t.doesNotThrow(() => fc.assert(property));
  for (const entry of ['root', 'cert/web', `tls/ca=key/web@${VERSION}`]) {
    const object = read(entry) as VaultObject;
    t.same(read(objectText(object)), object);
  }
});

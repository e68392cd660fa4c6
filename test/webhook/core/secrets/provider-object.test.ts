import t from 'tap';
import { stringify } from 'yaml';
import { readMountedObjects } from '../../../../webhook/core/secrets/provider-object.ts';

function read(...objects: Record<string, unknown>[]) {
  return readMountedObjects(stringify({ array: objects.map((one) => stringify(one)) }));
}

const SECRET = { objectName: 'root', objectType: 'secret' };

t.test('each object is a file, by its alias or its name', async (t) => {
  t.same(read(SECRET, { objectName: 'web', objectType: 'cert', objectAlias: 'tls/ca' }), {
    value: [
      { type: 'secret', name: 'root', file: 'root' },
      { type: 'cert', name: 'web', file: 'tls/ca' },
    ],
  });
  t.match(read({ ...SECRET, objectVersionHistory: 3 }), { value: [{ file: 'root/0' }] });
  t.match(read({ ...SECRET, objectVersionHistory: 1 }), { value: [{ file: 'root' }] });
  t.match(read({ objectName: 123, objectType: ' key ' }), {
    value: [{ name: '123', type: 'key' }],
  });
});

t.test('modes and encodings are told where the class sets them', async (t) => {
  const modes = ['0400', '644', '0o644', 'rw', '0888'];
  t.same(
    modes.map((filePermission) => {
      const judged = read({ ...SECRET, filePermission });
      return judged.refused === undefined && judged.value[0]?.mode;
    }),
    [0o400, 0o644, 0, 0, 0],
    'the provider makes no right of what is not octal',
  );
  t.match(read({ ...SECRET, objectEncoding: 'Base64' }), { value: [{ encoding: 'base64' }] });
  t.notMatch(read({ ...SECRET, objectEncoding: 'utf-8' }), { value: [{ encoding: /./ }] });
});

/** Rules of the provider (pkg/provider/types, validate.go), each broken once. */
const REFUSED: readonly (readonly [Record<string, unknown>, RegExp])[] = [
  [{ objectType: 'secret' }, /^objectName is not set/],
  [{ objectName: ' ', objectType: 'secret' }, /^objectName is not set/],
  [{ objectName: 'a' }, /^objectType of "a" is not secret, key or cert/],
  [{ objectName: 'a', objectType: 'Secret' }, /^objectType of "a"/],
  [{ ...SECRET, objectFormat: 'der' }, /^objectFormat is not pem or pfx/],
  [{ ...SECRET, objectEncoding: 'utf8' }, /^objectEncoding is not utf-8, hex or base64/],
  [{ ...SECRET, objectType: 'cert', objectFormat: 'pfx' }, /^objectFormat pfx is for secrets only/],
  [{ ...SECRET, objectType: 'key', objectEncoding: 'hex' }, /^objectEncoding is for secrets only/],
  [{ ...SECRET, objectAlias: '/etc/x' }, /^the file has an absolute path/],
  [{ ...SECRET, objectAlias: 'a..b' }, /^the file’s name contains \.\./],
];

t.test('each rule of the provider is looked at', async (t) => {
  for (const [object, reason] of REFUSED) t.match(read(SECRET, object).refused, reason);
});

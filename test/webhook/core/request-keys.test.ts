import t from 'tap';
import { sentence } from '../../../webhook/core/problems.ts';
import { readIdleKeys, readOtherKeys } from '../../../webhook/core/request-keys.ts';

t.test('a misspelt key is told of with the key that it is nearest to', async (t) => {
  const warnings = readOtherKeys({
    'zonekeeper.io/storge-class': 'x',
    'zonekeeper.io/Inject': 'true',
    'zonekeeper.io/secret': 'x',
  });
  t.same(warnings.map(sentence), [
    'ZK201 annotation zonekeeper.io/storge-class is unknown; expected a documented key; write zonekeeper.io/storage-class',
    'ZK201 annotation zonekeeper.io/Inject is unknown; expected a documented key; write zonekeeper.io/inject',
    'ZK201 annotation zonekeeper.io/secret is unknown; expected a documented key; write zonekeeper.io/secrets',
  ]);
});

t.test('a key like no other is told of without a guess', async (t) => {
  const warnings = readOtherKeys({ 'zonekeeper.io/favourite-colour': 'red' });
  t.match(warnings, [{ code: 'ZK201', mend: 'remove it, or see the reference of annotations' }]);
});

t.test('known keys and those of others are passed over', async (t) => {
  const annotations = {
    'zonekeeper.io/inject': 'true',
    'zonekeeper.io/injected': '{}',
    'example.com/inject': 'x',
    'zonekeeper.io.example.com/x': 'y',
    injekt: 'z',
  };
  t.same(readOtherKeys(annotations), []);
});

t.test('thousands of unknown keys make twenty warnings, and none takes long', async (t) => {
  const keys = Array.from({ length: 20_000 }, (_, i) => [
    `zonekeeper.io/${'x'.repeat(999)}${i}`,
    '',
  ]);
  t.equal(readOtherKeys(Object.fromEntries(keys)).length, 20);
});

t.test('annotations that have nothing to act on are warned about', async (t) => {
  const keysOf = (asked: Record<string, string>) =>
    readIdleKeys(asked).map(({ code, found }) => `${code} ${found.split(' ')[1]}`);
  t.same(keysOf({ 'key-vault': 'a', 'client-id': 'b', 'tenant-id': 'c' }), [
    'ZK225 zonekeeper.io/key-vault',
    'ZK225 zonekeeper.io/tenant-id',
    'ZK225 zonekeeper.io/client-id',
  ]);
  t.same(keysOf({ 'client-id': 'b', flexvolume: 'auto' }), []);
  t.same(keysOf({ 'mount-path': '/a', containers: 'b' }), [
    'ZK225 zonekeeper.io/mount-path',
    'ZK225 zonekeeper.io/containers',
  ]);
  t.same(keysOf({ 'mount-path': '/a', 'secret-provider-class': 'b' }), []);
  t.same(keysOf({ 'mount-path': '/a', 'key-vault': 'a', secrets: 'b' }), []);
});

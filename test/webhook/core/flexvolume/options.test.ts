import t from 'tap';
import { readFlexObjects } from '../../../../webhook/core/flexvolume/options.ts';
import { flexVolume } from '../../../support/flexvolume.ts';

const VERSION = '0123456789abcdef0123456789abcdef';
const read = (options: Record<string, string | undefined>) =>
  readFlexObjects(flexVolume(options).options ?? {});
const found = (options: Record<string, string | undefined>) =>
  read(options).faults.map(({ option, found: value }) => `${option} ${value}`);

t.test('each name becomes an object of its type, in a file of its name', async (t) => {
  const options = { keyvaultobjectnames: 'a;b;c', keyvaultobjecttypes: 'secret;cert;key' };
  t.same(read(options), {
    objects: [
      { type: 'secret', name: 'a', file: 'a' },
      { type: 'cert', name: 'b', file: 'b' },
      { type: 'key', name: 'c', file: 'c' },
    ],
    faults: [],
    ignored: [],
  });
});

t.test('aliases name the files and versions pin, where there are as many as names', async (t) => {
  const options = { keyvaultobjectaliases: 'app/password;', keyvaultobjectversions: `${VERSION};` };
  t.same(read(options).objects, [
    { type: 'secret', name: 'db-password', version: VERSION, file: 'app/password' },
    { type: 'secret', name: 'db-user', file: 'db-user' },
  ]);
});

t.test('lists of another length are ignored, as the driver did, and told of', async (t) => {
  const options = { keyvaultobjectaliases: 'one', keyvaultobjectversions: VERSION };
  const { objects, ignored, faults } = read(options);
  t.same(
    objects.map(({ file, version }) => [file, version]),
    [
      ['db-password', undefined],
      ['db-user', undefined],
    ],
  );
  t.same(ignored, ['keyvaultobjectaliases', 'keyvaultobjectversions']);
  t.same(faults, []);
});

t.test(
  'the singular options of older versions count where the plural ones are absent',
  async (t) => {
    const options = {
      keyvaultobjectnames: undefined,
      keyvaultobjecttypes: undefined,
      keyvaultobjectname: 'old',
      keyvaultobjecttype: 'secret',
      keyvaultobjectversion: VERSION,
    };
    t.same(read(options).objects, [{ type: 'secret', name: 'old', version: VERSION, file: 'old' }]);
    t.same(read({ keyvaultobjectname: 'old' }).objects.length, 2, 'the plural ones are there');
  },
);

t.test('types and names that do not match are one fault', async (t) => {
  t.same(found({ keyvaultobjecttypes: 'secret' }), ['keyvaultobjecttypes 1 types for 2 names']);
  const nothing = { keyvaultobjectnames: undefined, keyvaultobjecttypes: undefined };
  t.same(found(nothing), ['keyvaultobjectnames nothing']);
});

t.test('every wrong value is a fault of its option', async (t) => {
  t.same(
    found({
      keyvaultobjectnames: 'a b;c',
      keyvaultobjecttypes: 'Secret;secret',
      keyvaultobjectaliases: 'x;../y',
      keyvaultobjectversions: 'latest;',
    }),
    [
      'keyvaultobjecttypes Secret',
      'keyvaultobjectnames a b',
      'keyvaultobjectversions latest',
      'keyvaultobjectaliases ../y',
    ],
  );
});

t.test('names are not trimmed: the driver asked the vault for what stands there', async (t) => {
  t.same(found({ keyvaultobjectnames: 'a; b' }), ['keyvaultobjectnames  b']);
});

t.test('one object or one file twice is a fault', async (t) => {
  t.same(found({ keyvaultobjectnames: 'a;A' }), ['keyvaultobjectnames secret/a twice']);
  t.same(found({ keyvaultobjectaliases: 'x;x' }), ['keyvaultobjectaliases file x twice']);
});

t.test(
  'a file that is not clean, or could leave the string it stands in, is a fault',
  async (t) => {
    for (const file of ['/x', 'x//y', './x', 'a..b', 'a"b', 'a\\b', `${'x'.repeat(254)}`]) {
      t.same(found({ keyvaultobjectaliases: `${file};y` }).length, 1, file);
    }
    t.same(found({ keyvaultobjectaliases: 'my file.txt;y' }), []);
  },
);

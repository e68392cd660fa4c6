import t from 'tap';
import { allows, includes, isWithin } from '../../../webhook/core/allowed.ts';

t.test('a list that is absent bounds nothing, an empty one everything', async (t) => {
  for (const check of [allows, includes, isWithin]) {
    t.ok(check(undefined, '/a'));
    t.notOk(check([], '/a'));
    t.ok(check(['/b', '/a'], '/a'));
  }
});

t.test('vaults and GUIDs are the same whatever their case, other names are not', async (t) => {
  t.ok(allows(['Contoso'], 'conTOSO'));
  t.notOk(includes(['Contoso'], 'contoso'));
});

t.test('a path lies within itself and what is above it', async (t) => {
  t.ok(isWithin(['/mnt/secrets'], '/mnt/secrets/mysql'));
  t.notOk(isWithin(['/mnt/secrets'], '/mnt/secrets-2'));
  t.notOk(isWithin(['/mnt/secrets'], '/mnt'));
});

import path from 'node:path';
import t from 'tap';
import { mountStatus } from '../../../sidecar/mount/mount-status.ts';
import { scratch } from '../../support/scratch.ts';
import { SecretMount } from '../../support/secret-mount.ts';

t.test('a whole mount is there, and that nobody compared it is said', async (t) => {
  const mount = new SecretMount(path.join(scratch(t), 'mount'));
  mount.write({ b: '1', 'a/c': '2' });
  t.match(await mountStatus(mount.path, { expect: ['b'] }), {
    path: mount.path,
    state: 'unknown',
    generation: mount.generation ?? '',
    files: ['a/c', 'b'],
    missing: [],
    problems: [],
  });
});

t.test('an expected file that is not there makes it missing', async (t) => {
  const mount = new SecretMount(path.join(scratch(t), 'mount'));
  mount.write({ b: '1' });
  t.match(await mountStatus(mount.path, { expect: ['b', 'x'] }), {
    state: 'missing',
    missing: ['x'],
  });
});

t.test('so does a mount that is none, without an error', async (t) => {
  t.match(await mountStatus(scratch(t)), {
    state: 'missing',
    files: [],
    problems: [{ code: 'ZK811' }],
  });
});

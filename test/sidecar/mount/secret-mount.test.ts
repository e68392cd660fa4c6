import path from 'node:path';
import t from 'tap';
import { SidecarError } from '../../../sidecar/error.ts';
import { readSecretMount } from '../../../sidecar/mount/secret-mount.ts';
import { scratch } from '../../support/scratch.ts';
import { SecretMount } from '../../support/secret-mount.ts';

t.test('a mount is read', async (t) => {
  const mount = new SecretMount(path.join(scratch(t), 'mount'));
  mount.write({ a: '1' });
  const { files } = await readSecretMount(mount.path);
  t.equal(files.get('a')?.toString(), '1');
});

t.test('what cannot be read rejects with a stable code', async (t) => {
  const error = await readSecretMount(scratch(t)).catch((caught) => caught);
  t.ok(error instanceof SidecarError);
  t.match(error, { name: 'SidecarError', code: 'ZK811', message: /^ZK811 / });
});

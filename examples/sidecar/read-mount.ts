/** Reads all secrets of a mount as one generation. `node read-mount.js MOUNT`. */
import { readSecretMount, SidecarError } from 'zonekeeper/sidecar';

const [mount = '/mnt/secrets-store'] = process.argv.slice(2);
try {
  const { files, changedAt } = await readSecretMount(mount);
  for (const [name, content] of files) console.log(`${name}: ${content.length} bytes`);
  console.log(`last changed ${changedAt?.toISOString() ?? 'at an unknown time'}`);
} catch (error) {
  if (!(error instanceof SidecarError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/**
 * A sidecar of one's own in twenty lines: follows a mount, writes an environment file that is never torn, and answers the probes.
 * `node own-environment-file.js MOUNT FILE PORT`.
 */
import { createServer } from 'node:http';
import {
  mountStatus,
  renderEnvFile,
  statusHandler,
  variableName,
  watchSecretMount,
  writeFileAtomic,
} from 'zonekeeper/sidecar';

const [mount = '', file = '', port = '9809'] = process.argv.slice(2);
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());

let status = await statusOf(false);
const server = createServer(statusHandler({ status: () => status })).listen(Number(port));

for await (const { files } of watchSecretMount(mount, { signal: stop.signal })) {
  const variables = [...files].map(([name, bytes]) => [variableName(name), bytes.toString()]);
  const text = renderEnvFile(Object.fromEntries(variables), 'posix');
  console.log(writeFileAtomic(file, text, { mode: 0o440 }));
  status = await statusOf(true);
}
server.close();

async function statusOf(ready: boolean) {
  const { state, ...rest } = await mountStatus(mount);
  return {
    version: '1',
    since: new Date().toISOString(),
    ...{ state, ready, mounts: [{ state, ...rest }], objects: [], problems: [] },
    rotation: { action: 'none' as const, count: 0, generations: {} },
  };
}

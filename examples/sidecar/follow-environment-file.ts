/**
 * An application that takes rotated secrets without a restart, from the environment file that the sidecar writes.
 * In a pod: `node follow-environment-file.js "$ZONEKEEPER_ENV_FILE"`.
 */
import { loadEnv } from 'zonekeeper/sidecar';

const [file = '/run/zonekeeper/app.env'] = process.argv.slice(2);
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());

const env = await loadEnv(file, {
  signal: stop.signal,
  onProblem: ({ message }) => console.warn(message),
});
connect(env.variables.DB_PASSWORD);
for await (const { DB_PASSWORD } of env) connect(DB_PASSWORD);

function connect(password = ''): void {
  console.log(`connecting with a password of ${password.length} characters`);
}

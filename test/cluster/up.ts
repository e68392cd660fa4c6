/**
 * `npm run cluster:up`: a control plane that lives until `npm run cluster:down`. Its objects are kept in the
 * cache folder. If it runs already, it only tells how to reach it.
 */
import path from 'node:path';
import { helm, kubectl } from '../support/tools.ts';
import { COMPONENTS, findBinaries } from './binaries.ts';
import { ControlPlane, keptFolder, stopControlPlane } from './control-plane.ts';
import { runningServers } from './processes.ts';

const found = await findBinaries(process.env, (line) => console.error(line));
if ('unavailable' in found) {
  console.error(`No control plane: ${found.unavailable}.`);
  process.exit(1);
}
const running = await runningServers(keptFolder());
const stopped = COMPONENTS.filter((name) => found.paths.has(name) && !running.includes(name));
if (stopped.length > 0) {
  await stopControlPlane(keptFolder()); // What is left of it, if one of its servers has died.
  const controlPlane = await ControlPlane.start({ folder: keptFolder(), detached: true });
  controlPlane.api.close();
}
console.log(`# ${found.origin}, ${stopped.length > 0 ? 'started' : 'was running already'}.
# kubectl is ${await kubectl()}
# helm is ${await helm()}
# Stop it with npm run cluster:down; forget its objects too with npm run cluster:down -- --reset
export KUBECONFIG=${path.join(keptFolder(), 'kubeconfig')}`);

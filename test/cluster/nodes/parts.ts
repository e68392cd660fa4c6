import { findBinaries, NODE_COMPONENTS, type Unavailable } from '../binaries.ts';
import { findCertManager } from './cert-manager.ts';
import { findCsiPrograms } from './csi-programs.ts';
import { findNodeTools } from './node-tools.ts';
import { lacksSandbox } from './sandbox.ts';
import { findSystemTools, type SystemTools } from './system-tools.ts';

/** All programs of a node. */
export type NodeParts = {
  readonly kubelet: string;
  readonly kubeProxy: string;
  /** The folder of containerd and the network plugins. */
  readonly nodeTools: string;
  readonly systemTools: SystemTools;
};

/** Finds them, and builds or downloads once what is not there; or tells why this machine can have no nodes. */
export async function findNodeParts(
  env: NodeJS.ProcessEnv = process.env,
  log: (line: string) => void = () => {},
): Promise<NodeParts | Unavailable> {
  const lacking = await lacksSandbox();
  if (lacking) return lacking;
  const binaries = await findBinaries(env, log);
  if ('unavailable' in binaries) return binaries;
  const [kubelet, kubeProxy] = NODE_COMPONENTS.map((name) => binaries.paths.get(name));
  if (!(kubelet && kubeProxy)) return { unavailable: `${binaries.origin} has no kubelet` };
  const nodeTools = await findNodeTools(env, log);
  if (!nodeTools) return { unavailable: 'there is no Go to build containerd with' };
  await findCertManager(env, log);
  await findCsiPrograms(env, log);
  const systemTools = await findSystemTools(env, log);
  if ('unavailable' in systemTools) return systemTools;
  return { kubelet, kubeProxy, nodeTools, systemTools };
}

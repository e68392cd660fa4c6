import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Access } from './access.ts';

/**
 * Access as a kubeconfig file says, or several that are one behind the other as kubectl takes them: what the first of
 * them says counts. client-node knows every way to authenticate; it is loaded here and not with the module, so that a pod
 * never pays for it. Rejects if a file cannot be read or they name no API server.
 */
export async function kubeconfigAccess(
  files: string | readonly string[],
  context?: string,
): Promise<KubeconfigAccess> {
  const { KubeConfig } = await import('./kube-config.ts');
  const all = [files].flat();
  const load = () => {
    const config = new KubeConfig();
    const read = all.map((file) => {
      const one = new KubeConfig();
      one.loadFromFile(file);
      return one;
    });
    config.loadFromOptions(joined(read));
    if (context !== undefined) config.setCurrentContext(context);
    return config;
  };
  let config = load();
  const { namespace } = config.getContextObject(config.getCurrentContext()) ?? {};
  return {
    ...(namespace && { namespace }),
    server: serverOf(config, all.join(', ')),
    options: async () => {
      const options: RequestOptions = {};
      await config.applyToHTTPSOptions(options);
      return options;
    },
    refused: () => {
      try {
        config = load();
      } catch {
        // It is being written at this moment; what was read before may still do.
      }
    },
  };
}

/** Access that also tells the namespace of its context, if that has one. */
export interface KubeconfigAccess extends Access {
  readonly namespace?: string;
}

/** The first of each name, as kubectl merges the files of `KUBECONFIG`. */
function joined(configs: readonly KubeConfig[]) {
  const firsts = <T extends { readonly name: string }>(lists: readonly (readonly T[])[]): T[] => {
    const found = new Map<string, T>();
    for (const item of lists.flat()) if (!found.has(item.name)) found.set(item.name, item);
    return [...found.values()];
  };
  return {
    clusters: firsts(configs.map((config) => config.getClusters())),
    users: firsts(configs.map((config) => config.getUsers())),
    contexts: firsts(configs.map((config) => config.getContexts())),
    currentContext: configs.map((config) => config.getCurrentContext()).find(Boolean) ?? '',
  };
}

function serverOf(config: KubeConfig, file: string): URL {
  const server = config.getCurrentCluster()?.server ?? '';
  if (URL.canParse(server)) return new URL(server);
  const context = config.getCurrentContext() ?? '';
  throw new Error(
    `kubeconfig ${file} names no API server for context "${context}"; expected a context with a cluster`,
  );
}

import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Access } from './access.ts';

/**
 * Access as a kubeconfig file says: client-node knows every way to authenticate. It is loaded here and not with the
 * module, so that a pod never pays for it. Rejects if the file cannot be read or names no API server.
 */
export async function kubeconfigAccess(file: string, context?: string): Promise<Access> {
  const { KubeConfig } = await import('./kube-config.ts');
  const load = () => {
    const config = new KubeConfig();
    config.loadFromFile(file);
    if (context !== undefined) config.setCurrentContext(context);
    return config;
  };
  let config = load();
  return {
    server: serverOf(config, file),
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

function serverOf(config: KubeConfig, file: string): URL {
  const server = config.getCurrentCluster()?.server ?? '';
  if (URL.canParse(server)) return new URL(server);
  const context = config.getCurrentContext() ?? '';
  throw new Error(
    `kubeconfig ${file} names no API server for context "${context}"; expected a context with a cluster`,
  );
}

import path from 'node:path';
import { type Outcome, type RunOptions, run } from '../support/run.ts';
import { helm, kubectl } from '../support/tools.ts';

/** Runs a command-line client and returns how it ended; a refusal is an outcome, not an exception. */
export type Client = (args: readonly string[], options?: RunOptions) => Promise<Outcome>;

/**
 * kubectl and helm for the cluster of a kubeconfig file. What they keep (discovery, repositories) goes
 * beside that file: nothing of the user's own configuration is read or written.
 */
export function clientsOf(kubeconfig: string): { kubectl: Client; helm: Client } {
  const state = path.join(path.dirname(kubeconfig), 'clients');
  const env = {
    KUBECONFIG: kubeconfig,
    KUBECACHEDIR: path.join(state, 'kube'),
    HELM_CACHE_HOME: path.join(state, 'helm-cache'),
    HELM_CONFIG_HOME: path.join(state, 'helm-config'),
    HELM_DATA_HOME: path.join(state, 'helm-data'),
  };
  const client =
    (program: () => Promise<string>): Client =>
    async (args, options = {}) =>
      run(await program(), args, { ...options, env: { ...env, ...options.env } });
  return { kubectl: client(kubectl), helm: client(helm) };
}

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../support/cache.ts';
import { Api } from './api.ts';
import { COMPONENTS, type Component, findBinaries } from './binaries.ts';
import { FLAGS, type FlagOptions, type PodNetwork } from './flags.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { type Client, clientsOf } from './kubectl.ts';
import { pkiOf } from './pki.ts';
import { portsOf } from './ports.ts';
import { runningServers, ServerProcess, stopServers } from './processes.ts';
import { until } from './until.ts';

export type ControlPlaneOptions = {
  /** Where its data, ports and certificates are kept and found again. Default: a new folder, removed by `stop`. */
  readonly folder?: string;
  /** Lets it live on after this process; `stopControlPlane` ends it then. Default false. */
  readonly detached?: boolean;
  /** How long a node may be silent before it counts as lost. Default `24h`: Nodes that nobody speaks for stay. */
  readonly nodeGracePeriod?: string;
  /** More flags of the API server. */
  readonly apiServerArgs?: readonly string[];
  /** Lets real nodes and their Pods reach it. Default: nothing but 127.0.0.1 does. */
  readonly podNetwork?: PodNetwork;
};

/** Ample: seen are 2 to 4 s on two idle cores. */
const START_TIMEOUT = 120_000;

/** Where control planes live that end with the process that started them: `PID-random` each. */
export const temporaryFolder = (): string => path.join(cacheFolder(), 'run');

/** Where the one control plane of `npm run cluster:up` lives. */
export const keptFolder = (): string => path.join(cacheFolder(), 'control-plane');

/** Ends the control plane of a folder, and before it whatever else was started there, whichever process started it. */
export async function stopControlPlane(folder: string): Promise<void> {
  const own = COMPONENTS.toReversed();
  const others = (await runningServers(folder)).filter((name) => !own.some((one) => one === name));
  await stopServers(folder, [...others, ...own]);
}

type Launch = FlagOptions & {
  readonly binaries: ReadonlyMap<string, string>;
  readonly detached: boolean;
  readonly isTemporary: boolean;
};

/** A Kubernetes control plane of its own: the real servers, on free ports of 127.0.0.1, with their own data. */
export class ControlPlane implements AsyncDisposable {
  readonly folder: string;
  /** Whoever reads this file is an administrator of the cluster. */
  readonly kubeconfig: string;
  /** The certificate of the authority by which its servers and their clients know each other. */
  readonly caFile: string;
  /** The URL of the API server. */
  readonly server: string;
  readonly api: Api;
  readonly kubectl: Client;
  readonly helm: Client;
  readonly #launch: Launch;
  readonly #servers = new Map<string, ServerProcess>();

  private constructor(launch: Launch, api: Api) {
    this.folder = launch.folder;
    this.kubeconfig = path.join(launch.folder, 'kubeconfig');
    this.caFile = launch.pki.file('ca.crt');
    this.server = `https://127.0.0.1:${launch.ports['kube-apiserver']}`;
    this.api = api;
    const { kubectl, helm } = clientsOf(this.kubeconfig);
    this.kubectl = kubectl;
    this.helm = helm;
    this.#launch = launch;
  }

  /** Resolves when the API server is ready and a Pod could be created. Rejects with the log of what failed. */
  static async start(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
    const found = await findBinaries();
    if ('unavailable' in found) throw new Error(`No control plane: ${found.unavailable}`);
    const folder = options.folder ?? (await newTemporaryFolder());
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const launch: Launch = {
      folder,
      binaries: found.paths,
      ports: await portsOf(folder),
      pki: await pkiOf(path.join(folder, 'pki'), options.podNetwork?.nodes),
      nodeGracePeriod: options.nodeGracePeriod ?? '24h',
      apiServerArgs: options.apiServerArgs ?? [],
      podNetwork: options.podNetwork,
      detached: options.detached ?? false,
      isTemporary: options.folder === undefined,
    };
    const api = await Api.connect(launch.ports['kube-apiserver'], launch.pki);
    const controlPlane = new ControlPlane(launch, api);
    try {
      await controlPlane.#startServers();
      return controlPlane;
    } catch (error) {
      await stopControlPlane(folder);
      throw error;
    }
  }

  /** Why this control plane cannot do what a test needs, for the test's `skip` option; false if it can. */
  lacks(...components: Component[]): string | false {
    const missing = components.filter((name) => !this.#launch.binaries.has(name));
    return missing.length > 0 && `KUBEBUILDER_ASSETS has no ${missing.join(', ')}`;
  }

  /** Writes a kubeconfig file for one of its identities: a component, or a node of the Pod network. */
  async kubeconfigOf(identity: string): Promise<string> {
    const file = path.join(this.folder, `${identity}.kubeconfig`);
    await writeKubeconfig(file, this.server, this.#launch.pki, identity);
    return file;
  }

  /** Ends a server and starts it again, on the same port and with the same data; resolves when it is ready. */
  async restart(name: Exclude<Component, 'etcd'>): Promise<void> {
    this.#servers.delete(name);
    await stopServers(this.folder, [name]);
    await this.#startServer(name);
    await this.#untilHealthy(name, name === 'kube-apiserver' ? '/readyz' : '/healthz');
  }

  /** Rejects with the end of its log if a server has ended by itself. */
  async assertRunning(): Promise<void> {
    for (const server of this.#servers.values()) {
      const failure = await server.failure();
      if (failure) throw failure;
    }
  }

  /** Ends the servers and removes temporary data. Rejects if a server had ended before, and keeps its data then. */
  async stop(): Promise<void> {
    this.api.close();
    try {
      await this.assertRunning();
    } finally {
      await stopControlPlane(this.folder);
    }
    if (this.#launch.isTemporary) await rm(this.folder, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #startServers(): Promise<void> {
    await writeKubeconfig(this.kubeconfig, this.server, this.#launch.pki, 'admin');
    await this.#startServer('etcd');
    await this.#startServer('kube-apiserver');
    await this.#untilHealthy('kube-apiserver', '/readyz');
    // Not before: they fail without the roles that the API server makes when it is ready.
    const clients = ['kube-controller-manager', 'kube-scheduler'] as const;
    const present = clients.filter((name) => !this.lacks(name));
    for (const name of present) {
      await this.kubeconfigOf(name);
      await this.#startServer(name);
    }
    await Promise.all(present.map((name) => this.#untilHealthy(name, '/healthz')));
    if (!this.lacks('kube-controller-manager')) {
      await this.#untilAnswered('kube-apiserver', DEFAULT_SERVICE_ACCOUNT, this.api);
    }
  }

  async #startServer(name: Component): Promise<void> {
    const { folder, detached, binaries } = this.#launch;
    const command = binaries.get(name);
    if (!command) throw new Error(`No binary of ${name}`);
    const args = FLAGS[name](this.#launch);
    this.#servers.set(name, await ServerProcess.start({ name, command, args, folder, detached }));
  }

  async #untilHealthy(name: Exclude<Component, 'etcd'>, url: string): Promise<void> {
    const api = await Api.connect(this.#launch.ports[name], this.#launch.pki);
    await this.#untilAnswered(name, url, api).finally(() => api.close());
  }

  async #untilAnswered(name: Component, url: string, api: Api): Promise<void> {
    const probe = async (): Promise<boolean> => {
      await this.assertRunning();
      return api.request('GET', url).then(
        ({ status }) => status === 200,
        () => false,
      );
    };
    await until(`${name} answers 200 to ${url}`, probe, START_TIMEOUT);
  }
}

/** The controller manager makes it; until then the API server refuses every Pod of the namespace. */
const DEFAULT_SERVICE_ACCOUNT = '/api/v1/namespaces/default/serviceaccounts/default';

async function newTemporaryFolder(): Promise<string> {
  await mkdir(temporaryFolder(), { recursive: true });
  return mkdtemp(path.join(temporaryFolder(), `${process.pid}-`));
}

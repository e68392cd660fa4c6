import type { ApiObject } from '../api.ts';
import type { ControlPlane } from '../control-plane.ts';
import { until } from '../until.ts';

/** Longer than a Pod takes to come up beside other work. */
const START = 120_000;

type Started = { readonly containerID?: string; readonly startedAt: string };

export type Ended = {
  readonly exitCode: number;
  readonly reason: string;
  readonly finishedAt: string;
};

export type ContainerStatus = {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly containerID: string;
  readonly state: { readonly running?: Started; readonly terminated?: Ended };
  readonly lastState: { readonly terminated?: Ended };
};

export type RunningPod = ApiObject & {
  spec: { nodeName?: string; initContainers?: { name: string }[] };
  status: {
    conditions?: { type: string; status: string }[];
    initContainerStatuses?: ContainerStatus[];
    containerStatuses?: ContainerStatus[];
  };
};

/** One Pod of a namespace, whichever bears its name at the moment. */
export class PodView {
  /** Path of the API. */
  readonly path: string;
  readonly #cluster: ControlPlane;
  readonly #namespace: string;
  readonly #name: string;

  constructor(cluster: ControlPlane, namespace: string, name: string) {
    this.path = `/api/v1/namespaces/${namespace}/pods/${name}`;
    this.#cluster = cluster;
    this.#namespace = namespace;
    this.#name = name;
  }

  /** Resolves when the Pod is ready. */
  ready(): Promise<RunningPod> {
    return this.until('ready', ({ metadata, status }) => {
      const ready = status.conditions?.find(({ type }) => type === 'Ready');
      return ready?.status === 'True' && !metadata.deletionTimestamp;
    });
  }

  /** Resolves with the Pod when it is as awaited. */
  until(awaited: string, isSo: (pod: RunningPod) => boolean): Promise<RunningPod> {
    return until(
      `${this.#name} ${awaited}`,
      async () => {
        const { status, body } = await this.#cluster.api.request<RunningPod>('GET', this.path);
        return status === 200 && isSo(body) && body;
      },
      START,
    );
  }

  /** The output of a command in a container. Rejects with what it said if it fails. */
  async exec(container: string, ...command: string[]): Promise<string> {
    return this.#kubectl('exec', this.#name, '-c', container, '--', ...command);
  }

  log(container: string, ...flags: string[]): Promise<string> {
    return this.#kubectl('logs', this.#name, '-c', container, ...flags);
  }

  /** Resolves with the log when it matches. */
  async logged(container: string, pattern: RegExp): Promise<string> {
    const awaited = `${pattern} in the log of ${container}`;
    return until(awaited, async () => {
      const log = await this.log(container);
      return pattern.test(log) && log;
    });
  }

  /** What it answers on a port. */
  async answer<Body = string>(port: number, path: string): Promise<Body> {
    return this.#cluster.api.expect<Body>('GET', `${this.path}:${port}/proxy${path}`);
  }

  async #kubectl(...args: string[]): Promise<string> {
    const all = ['--namespace', this.#namespace, ...args];
    const { code, stdout, stderr } = await this.#cluster.kubectl(all, { timeout: 120_000 });
    if (code !== 0) throw new Error(`kubectl ${args.slice(0, 2).join(' ')}: ${stderr}`);
    return stdout;
  }
}

/** The state of one container. */
export function statusOf({ status }: RunningPod, container: string): ContainerStatus {
  const all = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  const found = all.find(({ name }) => name === container);
  if (!found) throw new Error(`There is no ${container}`);
  return found;
}

/** Where the history of a namespace's Pods has come to. */
export async function podsVersion({ api }: ControlPlane, namespace: string): Promise<string> {
  type List = { metadata: { resourceVersion: string } };
  const path = `/api/v1/namespaces/${namespace}/pods?limit=1`;
  return (await api.expect<List>('GET', path)).metadata.resourceVersion;
}

/** The Pods that have gone since then, by name, each as it was in the end. */
export async function podsGoneSince(
  cluster: ControlPlane,
  namespace: string,
  version: string,
): Promise<Map<string, RunningPod>> {
  const path = `/api/v1/namespaces/${namespace}/pods?watch=true&timeoutSeconds=1`;
  // The server tells again what has happened before the watch.
  const raw = await cluster.kubectl(['get', '--raw', `${path}&resourceVersion=${version}`]);
  const events = raw.stdout.split('\n').filter(Boolean);
  const changes = events.map((line) => JSON.parse(line) as { type: string; object: RunningPod });
  const gone = changes.filter(({ type }) => type === 'DELETED');
  return new Map(gone.map(({ object }) => [object.metadata.name, object]));
}

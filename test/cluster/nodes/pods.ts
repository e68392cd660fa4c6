import type { ApiObject } from '../api.ts';
import type { ControlPlane } from '../control-plane.ts';
import { until } from '../until.ts';

/** Longer than a Pod takes to come up beside other work. */
const START = 120_000;

type Started = { readonly containerID?: string; readonly startedAt: string };

export type ContainerStatus = {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly containerID: string;
  readonly state: { readonly running?: Started };
  readonly lastState: {
    readonly terminated?: { readonly exitCode: number; readonly reason: string };
  };
};

export type RunningPod = ApiObject & {
  spec: { initContainers?: { name: string }[] };
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

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { freePorts } from '../../support/free-ports.ts';
import { ServerProcess, stopServers } from '../processes.ts';
import { until } from '../until.ts';

const MAIN = path.join(import.meta.dirname, '../../../webhook/main.ts');
const NAME = 'webhook';
const HOST = '127.0.0.1';

/** Ample: seen are 1 to 2 s on two idle cores. */
const READY_TIMEOUT = 60_000;

export type WebhookOptions = {
  /** The control plane’s: gets log and pid file, and must be in the command line, as it is by the kubeconfig. */
  readonly folder: string;
  /** Whoever the webhook is to the API server. */
  readonly kubeconfig: string;
  /** Configuration file. */
  readonly config: string;
  /** Further arguments: names of Service, Secret and webhook configuration. */
  readonly args: readonly string[];
};

/** The webhook as a process of its own on loopback, the way it runs in a pod. */
export class WebhookProcess {
  /** Where the API server is to find it. */
  readonly url: string;
  readonly #ops: string;
  readonly #options: WebhookOptions;
  readonly #ports: readonly [number, number];
  #process: ServerProcess | undefined;

  private constructor(options: WebhookOptions, ports: readonly [number, number]) {
    this.#options = options;
    this.#ports = ports;
    this.url = `https://${HOST}:${ports[0]}/mutate`;
    this.#ops = `http://${HOST}:${ports[1]}`;
  }

  /** One that does not run yet, for its URL to be known. */
  static async create(options: WebhookOptions): Promise<WebhookProcess> {
    const [port = 0, opsPort = 0] = await freePorts(2);
    return new WebhookProcess(options, [port, opsPort]);
  }

  /** Resolves when it is ready: the API server would accept its certificate. Rejects with its log if it ends. */
  async start(): Promise<void> {
    const { folder, kubeconfig, config, args } = this.#options;
    const [port, opsPort] = this.#ports;
    const flags = { kubeconfig, config, host: HOST, port, 'ops-port': opsPort, san: HOST };
    const given = Object.entries({ ...flags, 'drain-seconds': 0 }).map(([k, v]) => `--${k}=${v}`);
    const command = process.execPath;
    const all = [MAIN, ...given, ...args];
    this.#process = await ServerProcess.start({
      name: NAME,
      command,
      args: all,
      folder,
      detached: false,
    });
    await until('the webhook is ready', () => this.#isReady(), READY_TIMEOUT);
  }

  /** Ends it with SIGTERM. Rejects unless it ended in peace. */
  async stop(): Promise<void> {
    const ending = this.#process;
    if (ending === undefined) return;
    const early = await ending.failure();
    this.#process = undefined;
    if (early) throw early;
    await stopServers(this.#options.folder, [NAME]);
    const end = await until('the webhook’s exit code', () => ending.failure());
    if (!end.message.startsWith(`${NAME} ended with code 0.`)) throw end;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Requests that reached it since it was started, whatever became of them. */
  async calls(): Promise<number> {
    const all = await this.metrics();
    const counted = ['zonekeeper_admission_reviews_total', 'zonekeeper_admission_refusals_total'];
    return [...all]
      .filter(([series]) => counted.some((name) => series.startsWith(`${name}{`)))
      .reduce((sum, [, value]) => sum + value, 0);
  }

  /** Every series of `/metrics`, named as it stands there. */
  async metrics(): Promise<ReadonlyMap<string, number>> {
    const text = await (await fetch(`${this.#ops}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      lines.map((line) => [line.replace(/ \S+$/, ''), Number(/\S+$/.exec(line)?.[0])]),
    );
  }

  /** Everything worse than `info` that it has logged since it was first started; complete when it has been stopped. */
  async complaints(): Promise<{ level: string; msg: string }[]> {
    const text = await readFile(path.join(this.#options.folder, 'log', `${NAME}.log`), 'utf8');
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line)).filter(({ level }) => level !== 'info');
  }

  async #isReady(): Promise<boolean> {
    const failure = await this.#process?.failure();
    if (failure) throw failure;
    return fetch(`${this.#ops}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    );
  }
}

import { readFile } from 'node:fs/promises';
import { freePorts } from '../../support/free-ports.ts';
import { ServerProcess, WEBHOOK } from '../../support/webhook-process.ts';
import type { ControlPlane } from '../control-plane.ts';
import { until } from '../until.ts';

const NAMESPACE = 'default';
const CONFIGURATIONS = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';
const SECRETS = `/api/v1/namespaces/${NAMESPACE}/secrets`;
const LEASES = `/apis/coordination.k8s.io/v1/namespaces/${NAMESPACE}/leases`;
/** Of a second, in which Linux tells times of processes (proc_pid_stat(5), USER_HZ). */
const CLOCK_TICKS = 100;
/** Seconds between two phases of a CA rotation. */
const OVERLAP = 4;

export type ReplicasOptions = {
  /** Of the Secret and of the webhook configuration; no other replicas may have it. Default `replicated`. */
  readonly name?: string;
  /** What Node.js runs; default the sources. */
  readonly program?: readonly string[];
};

type Configuration = { webhooks: { clientConfig: { caBundle?: string } }[] };
type Secret = { data: Record<string, string> };

/**
 * Several webhooks with one Secret and one Lease. The API server calls the first of them, which no test harms, so a call
 * that fails is a fault of the certificates.
 */
export class Replicas {
  readonly #cluster: ControlPlane;
  readonly #port: number;
  readonly #name: string;
  readonly #program: readonly string[];
  readonly #running = new Map<number, ServerProcess>();

  private constructor(
    cluster: ControlPlane,
    port: number,
    { name, program }: Required<ReplicasOptions>,
  ) {
    this.#cluster = cluster;
    this.#port = port;
    this.#name = name;
    this.#program = program;
  }

  /** Their webhook configuration, before any of them runs. */
  static async create(cluster: ControlPlane, options: ReplicasOptions = {}): Promise<Replicas> {
    const { name = 'replicated', program = [WEBHOOK] } = options;
    const [port = 0] = await freePorts(1);
    const webhook = {
      name: `${name}.zonekeeper.io`,
      clientConfig: { url: `https://127.0.0.1:${port}/mutate` },
      rules: [
        {
          operations: ['CREATE'],
          apiGroups: ['apps'],
          apiVersions: ['v1'],
          resources: ['statefulsets'],
        },
      ],
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
    };
    const body = { metadata: { name }, webhooks: [webhook] };
    await cluster.api.expect('POST', CONFIGURATIONS, { body });
    return new Replicas(cluster, port, { name, program });
  }

  /** Resolves when it is ready: the API server would accept its certificate. */
  async start(index: number): Promise<void> {
    const flags = {
      kubeconfig: this.#cluster.kubeconfig,
      service: this.#name,
      namespace: NAMESPACE,
      secret: this.#name,
      'webhook-configuration': this.#name,
      san: '127.0.0.1',
      host: '127.0.0.1',
      port: index === 0 ? this.#port : 0,
      'ops-port': 0,
      'ca-overlap': OVERLAP,
      'drain-seconds': 0,
    };
    const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
    const env = { HOSTNAME: `replica-${index}` };
    const replica = await ServerProcess.start({ args: [...this.#program, ...args], env });
    this.#running.set(index, replica);
    await replica.ready();
  }

  signal(index: number, signal: NodeJS.Signals): void {
    this.#running.get(index)?.signal(signal);
  }

  async ready(): Promise<void> {
    await Promise.all([...this.#running.values()].map((replica) => replica.ready()));
  }

  /** Is that series of each replica's metrics at that value? */
  async all(series: string, value: number): Promise<boolean> {
    const texts = await Promise.all(
      [...this.#running.values()].map((each) => each.ask('/metrics')),
    );
    return texts.every((text) => text.includes(`\n${series} ${value}\n`));
  }

  /** Seconds of CPU that all of them have used since they were started; for Linux. */
  async cpuSeconds(): Promise<number> {
    const used = [...this.#running.values()].map(async ({ pid }) => {
      const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(' ');
      return (Number(fields[13]) + Number(fields[14])) / CLOCK_TICKS;
    });
    return (await Promise.all(used)).reduce((sum, seconds) => sum + seconds, 0);
  }

  /** Which replica leads, once one does. */
  async leader(): Promise<number> {
    return until('a leader', async () => {
      const { body } = await this.#cluster.api.request<{ spec?: { holderIdentity?: string } }>(
        'GET',
        this.#lease,
      );
      const found = /^replica-(\d+)_/.exec(body.spec?.holderIdentity ?? '')?.[1];
      return found === undefined ? undefined : Number(found);
    });
  }

  /** Hands the leadership to another replica than the first, which is to be left alone. */
  async harmlessLeader(): Promise<number> {
    const body = { spec: { holderIdentity: '', leaseDurationSeconds: 1 } };
    for (;;) {
      const leader = await this.leader();
      if (leader !== 0) return leader;
      await this.#cluster.api.expect('PATCH', this.#lease, { body });
    }
  }

  /** The texts of the Secret. */
  async files(): Promise<Record<string, string>> {
    const { data } = await this.#cluster.api.expect<Secret>('GET', this.#secret);
    const decoded = Object.entries(data).map(([name, value]) => [name, decode(value)] as const);
    return Object.fromEntries(decoded);
  }

  async bundle(): Promise<string> {
    const { webhooks } = await this.#cluster.api.expect<Configuration>('GET', this.#configuration);
    return decode(webhooks[0]?.clientConfig.caBundle ?? '');
  }

  /** What somebody with rights does to the Secret. */
  async patchSecret(body: object): Promise<void> {
    await this.#cluster.api.expect('PATCH', this.#secret, { body });
  }

  async deleteSecret(): Promise<void> {
    await this.#cluster.api.expect('DELETE', this.#secret);
  }

  /** Sets the caBundle by hand. */
  async setBundle(caBundle: string): Promise<void> {
    const value = Buffer.from(caBundle).toString('base64');
    const body = [{ op: 'replace', path: '/webhooks/0/clientConfig/caBundle', value }];
    const contentType = 'application/json-patch+json';
    await this.#cluster.api.expect('PATCH', this.#configuration, { body, contentType });
  }

  async kill(): Promise<void> {
    for (const index of [...this.#running.keys()]) await this.killOne(index);
  }

  async killOne(index: number): Promise<void> {
    const replica = this.#running.get(index);
    this.#running.delete(index);
    replica?.signal('SIGKILL');
    await replica?.ended();
  }

  get #secret(): string {
    return `${SECRETS}/${this.#name}`;
  }

  get #lease(): string {
    return `${LEASES}/${this.#name}-certs`;
  }

  get #configuration(): string {
    return `${CONFIGURATIONS}/${this.#name}`;
  }
}

function decode(value: string): string {
  return Buffer.from(value, 'base64').toString();
}

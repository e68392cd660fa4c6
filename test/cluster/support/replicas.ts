import { ServerProcess, WEBHOOK } from '../../support/webhook-process.ts';
import type { ControlPlane } from '../control-plane.ts';
import { freePorts } from '../ports.ts';
import { until } from '../until.ts';

const NAME = 'replicated';
const NAMESPACE = 'default';
const CONFIGURATIONS = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';
const SECRET = `/api/v1/namespaces/${NAMESPACE}/secrets/${NAME}`;
const LEASE = `/apis/coordination.k8s.io/v1/namespaces/${NAMESPACE}/leases/${NAME}-certs`;
/** Seconds between two phases of a CA rotation. */
const OVERLAP = 4;

type Configuration = { webhooks: { clientConfig: { caBundle?: string } }[] };
type Secret = { data: Record<string, string> };

/**
 * Several webhooks with one Secret and one Lease. The API server calls the first of them, which no test harms, so a call
 * that fails is a fault of the certificates.
 */
export class Replicas {
  readonly #cluster: ControlPlane;
  readonly #port: number;
  readonly #running = new Map<number, ServerProcess>();

  private constructor(cluster: ControlPlane, port: number) {
    this.#cluster = cluster;
    this.#port = port;
  }

  /** Their webhook configuration, before any of them runs. */
  static async create(cluster: ControlPlane): Promise<Replicas> {
    const [port = 0] = await freePorts(1);
    const webhook = {
      name: 'replicated.zonekeeper.io',
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
    const body = { metadata: { name: NAME }, webhooks: [webhook] };
    await cluster.api.expect('POST', CONFIGURATIONS, { body });
    return new Replicas(cluster, port);
  }

  /** Resolves when it is ready: the API server would accept its certificate. */
  async start(index: number): Promise<void> {
    const flags = {
      kubeconfig: this.#cluster.kubeconfig,
      service: NAME,
      namespace: NAMESPACE,
      secret: NAME,
      'webhook-configuration': NAME,
      san: '127.0.0.1',
      host: '127.0.0.1',
      port: index === 0 ? this.#port : 0,
      'ops-port': 0,
      'ca-overlap': OVERLAP,
      'drain-seconds': 0,
    };
    const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
    const env = { HOSTNAME: `replica-${index}` };
    const replica = await ServerProcess.start({ args: [WEBHOOK, ...args], env });
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

  /** Which replica leads, once one does. */
  async leader(): Promise<number> {
    return until('a leader', async () => {
      const { body } = await this.#cluster.api.request<{ spec?: { holderIdentity?: string } }>(
        'GET',
        LEASE,
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
      await this.#cluster.api.expect('PATCH', LEASE, { body });
    }
  }

  /** The texts of the Secret. */
  async files(): Promise<Record<string, string>> {
    const { data } = await this.#cluster.api.expect<Secret>('GET', SECRET);
    const decoded = Object.entries(data).map(([name, value]) => [name, decode(value)] as const);
    return Object.fromEntries(decoded);
  }

  async bundle(): Promise<string> {
    const path = `${CONFIGURATIONS}/${NAME}`;
    const { webhooks } = await this.#cluster.api.expect<Configuration>('GET', path);
    return decode(webhooks[0]?.clientConfig.caBundle ?? '');
  }

  /** What somebody with rights does to the Secret. */
  async patchSecret(body: object): Promise<void> {
    await this.#cluster.api.expect('PATCH', SECRET, { body });
  }

  async deleteSecret(): Promise<void> {
    await this.#cluster.api.expect('DELETE', SECRET);
  }

  /** Sets the caBundle by hand. */
  async setBundle(caBundle: string): Promise<void> {
    const path = `${CONFIGURATIONS}/${NAME}`;
    const value = Buffer.from(caBundle).toString('base64');
    const body = [{ op: 'replace', path: '/webhooks/0/clientConfig/caBundle', value }];
    const contentType = 'application/json-patch+json';
    await this.#cluster.api.expect('PATCH', path, { body, contentType });
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
}

function decode(value: string): string {
  return Buffer.from(value, 'base64').toString();
}

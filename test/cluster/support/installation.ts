import { mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { CHART_FOLDER, one, render } from '../../support/chart.ts';
import type { ApiObject } from '../api.ts';
import type { ControlPlane } from '../control-plane.ts';
import { until } from '../until.ts';
import { smallSet } from './manifests.ts';
import { WebhookProcess } from './webhook-process.ts';

/** Name of the release, and so of most of its objects. */
export const RELEASE = 'zonekeeper';
export const RELEASE_NAMESPACE = 'zk-system';

export const WEBHOOK_CONFIGURATION = `/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/${RELEASE}`;
const CONFIG_MAP = `/api/v1/namespaces/${RELEASE_NAMESPACE}/configmaps/${RELEASE}`;

/** Values of the chart on top of its own. */
export type Values = Readonly<Record<string, object>> & { readonly webhook?: object };

/** Defaults by profile, as the chart's value `config.profiles` takes them. */
export type Profiles = Readonly<Record<string, object>>;

/**
 * zonekeeper in a control plane: the real chart without its Deployment, installed by helm, and the real webhook beside it
 * as a process that acts as the chart's ServiceAccount with no other right.
 */
export class Installation implements AsyncDisposable {
  readonly cluster: ControlPlane;
  readonly webhook: WebhookProcess;
  readonly #folder: string;
  #values: Values;
  #deliveries = 0;

  private constructor(cluster: ControlPlane, webhook: WebhookProcess, values: Values) {
    this.cluster = cluster;
    this.webhook = webhook;
    this.#folder = folderOf(cluster);
    this.#values = values;
  }

  /** Resolves when an annotated StatefulSet is accepted. */
  static async create(cluster: ControlPlane, values: Values = {}): Promise<Installation> {
    const folder = folderOf(cluster);
    await mkdir(folder, { recursive: true });
    const webhook = await WebhookProcess.create({
      folder: cluster.folder,
      kubeconfig: path.join(folder, 'kubeconfig'),
      config: path.join(folder, 'config.yaml'),
      args: await containerArgs(values),
    });
    const installation = new Installation(cluster, webhook, values);
    await installation.install();
    return installation;
  }

  /** What `create` did, once more after `uninstall`. `args` are further ones of helm. */
  async install(...args: string[]): Promise<void> {
    await this.helm('install', RELEASE, CHART_FOLDER, '--create-namespace', ...args);
    await this.#writeKubeconfig();
    await this.deliver();
    await this.webhook.start();
    await this.untilCalled();
  }

  async uninstall(): Promise<void> {
    await this.webhook.stop();
    const args = ['uninstall', RELEASE, '--namespace', RELEASE_NAMESPACE];
    const { code, stderr } = await this.cluster.helm(args);
    if (code !== 0) throw new Error(`helm ${args.join(' ')}: ${stderr}`);
  }

  /** Runs helm with the installation's values on standard input; rejects with its words. Returns what it said. */
  async helm(...args: string[]): Promise<string> {
    const webhook = { ...this.#values.webhook, url: this.webhook.url };
    const input = JSON.stringify({ ...this.#values, deployment: { enabled: false }, webhook });
    const all = [...args, '--namespace', RELEASE_NAMESPACE, '--values', '-'];
    const { code, stdout, stderr } = await this.cluster.helm(all, { input });
    if (code !== 0) throw new Error(`helm ${args.join(' ')}: ${stderr}`);
    return stdout + stderr;
  }

  /** Upgrades the release to other profiles and starts the webhook anew with them. */
  async restartWith(profiles: Profiles): Promise<void> {
    await this.upgrade({ config: { profiles } });
    await this.deliver();
    await this.webhook.restart();
  }

  /** Upgrades the release to other profiles and lets the running webhook read them. */
  async reloadWith(profiles: Profiles): Promise<void> {
    await this.upgrade({ config: { profiles } });
    await this.reload();
  }

  /** Lets the running webhook read what the ConfigMap has become. */
  async reload(): Promise<void> {
    const accepted = 'zonekeeper_config_last_reload_success_timestamp_seconds';
    const before = (await this.webhook.metrics()).get(accepted);
    await this.deliver();
    await until('the webhook reads its configuration', async () => {
      return (await this.webhook.metrics()).get(accepted) !== before;
    });
  }

  /** Upgrades the release to these values on top of those before; the webhook learns of others by `deliver`. */
  async upgrade(values: Values, ...args: string[]): Promise<void> {
    this.#values = { ...this.#values, ...values };
    await this.helm('upgrade', RELEASE, CHART_FOLDER, ...args);
  }

  /** Writes the ConfigMap where the webhook reads it, as the kubelet does: a new folder behind the link `..data`. */
  async deliver(): Promise<void> {
    const { data } = await this.cluster.api.expect<ConfigMap>('GET', CONFIG_MAP);
    await this.deliverText(data['config.yaml']);
  }

  /** The same with any content. */
  async deliverText(content: string): Promise<void> {
    this.#deliveries += 1;
    const inFolder = (name: string) => path.join(this.#folder, name);
    const version = `..${this.#deliveries}`;
    await mkdir(inFolder(version));
    await writeFile(inFolder(`${version}/config.yaml`), content);
    await symlink(version, inFolder('..data_tmp'));
    await rename(inFolder('..data_tmp'), inFolder('..data'));
    if (this.#deliveries === 1) await symlink('..data/config.yaml', inFolder('config.yaml'));
  }

  /** Ends the webhook. Rejects if it had ended before. */
  async stop(): Promise<void> {
    await this.webhook.stop();
  }

  async #writeKubeconfig(): Promise<void> {
    const args = ['create', 'token', RELEASE, '-n', RELEASE_NAMESPACE, '--duration=2h'];
    const { code, stdout, stderr } = await this.cluster.kubectl(args);
    if (code !== 0) throw new Error(stderr);
    const config = parse(await readFile(this.cluster.kubeconfig, 'utf8'));
    config.users[0].user = { token: stdout.trim() };
    const file = path.join(this.#folder, 'kubeconfig');
    await writeFile(file, stringify(config), { mode: 0o600 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /** The webhook is ready once the caBundle is written; the API server reads it a moment later. */
  async untilCalled(): Promise<void> {
    const body = smallSet('probe', { 'zonekeeper.io/inject': 'true' });
    const url = '/apis/apps/v1/namespaces/default/statefulsets?dryRun=All';
    await until('the API server reaches the webhook', async () => {
      const { status } = await this.cluster.api.request('POST', url, { body });
      return status === 201;
    });
  }
}

type ConfigMap = ApiObject & { data: { 'config.yaml': string } };

type Deployment = { spec: { template: { spec: { containers: { args: string[] }[] } } } };

/** What the chart starts its pods with, but for what differs outside of a pod. */
async function containerArgs(values: Values): Promise<string[]> {
  const { spec } = one<Deployment>(await render(values), 'Deployment');
  const outside = ['config', 'port', 'ops-port', 'drain-seconds'].map((name) => `--${name}=`);
  const args = spec.template.spec.containers[0]?.args ?? [];
  return args.filter((arg) => !outside.some((flag) => arg.startsWith(flag)));
}

/** In the control plane's folder, so that it goes with it. */
function folderOf(cluster: ControlPlane): string {
  return path.join(cluster.folder, 'webhook');
}

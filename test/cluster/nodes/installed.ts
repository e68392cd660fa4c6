import { CHART_FOLDER } from '../../support/chart.ts';
import type { Api, ApiObject } from '../api.ts';
import { until } from '../until.ts';
import type { NodeCluster } from './node-cluster.ts';

export const RELEASE = 'zonekeeper';
export const RELEASE_NAMESPACE = 'zk-system';
const PODS = `/api/v1/namespaces/${RELEASE_NAMESPACE}/pods?labelSelector=app.kubernetes.io/component%3Dwebhook`;

export type Pod = ApiObject & {
  spec: { nodeName?: string };
  status: { phase?: string; podIP?: string; conditions?: { type: string; status: string }[] };
};

/** Makes the release's namespace, which enforces Pod Security `restricted`. */
export async function createReleaseNamespace({ controlPlane }: NodeCluster): Promise<void> {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  const body = { metadata: { name: RELEASE_NAMESPACE, labels } };
  await controlPlane.api.expect('POST', '/api/v1/namespaces', { body });
}

/** Installs the chart as its manual says into that namespace, which is made, with these values on top of its own. */
export async function installZonekeeper(cluster: NodeCluster, values: object = {}): Promise<void> {
  await createReleaseNamespace(cluster);
  await installInto(cluster, values);
}

/** The same where the namespace is there already, and resolves when the webhook Pods are ready. */
export async function installInto({ controlPlane }: NodeCluster, values: object): Promise<void> {
  const args = ['install', RELEASE, CHART_FOLDER, '--namespace', RELEASE_NAMESPACE, '--wait'];
  const input = JSON.stringify(values);
  const options = { input, timeout: 5 * 60_000 };
  const { code, stderr } = await controlPlane.helm([...args, '--values=-'], options);
  if (code !== 0) throw new Error(`helm install: ${stderr}`);
}

/** The webhook's Pods, those that are stopping among them. */
export async function webhookPods(api: Api): Promise<Pod[]> {
  return api.list<Pod>(PODS);
}

/** Resolves when there are as many webhook Pods as the chart wants, all ready, and none is stopping. */
export async function untilSettled(api: Api, replicas = 2): Promise<Pod[]> {
  return until(
    `${replicas} ready webhook Pods and no other`,
    async () => {
      const pods = await webhookPods(api);
      return pods.length === replicas && pods.every(isReady) && pods;
    },
    120_000,
  );
}

export function isReady({ metadata, status }: Pod): boolean {
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'True' && !metadata.deletionTimestamp;
}

import { CHART_FOLDER } from '../../support/chart.ts';
import type { Api, ApiObject } from '../api.ts';
import { until } from '../until.ts';
import type { NodeCluster } from './node-cluster.ts';

export const RELEASE = 'zonekeeper';
export const RELEASE_NAMESPACE = 'zk-system';
const PODS = `/api/v1/namespaces/${RELEASE_NAMESPACE}/pods?labelSelector=app.kubernetes.io/component%3Dwebhook`;

export type Pod = ApiObject & {
  spec: { nodeName?: string };
  status: { phase?: string; conditions?: { type: string; status: string }[] };
};

/** Installs the chart as its manual says, into a namespace that enforces Pod Security `restricted`. */
export async function installZonekeeper({ controlPlane }: NodeCluster): Promise<void> {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  const body = { metadata: { name: RELEASE_NAMESPACE, labels } };
  await controlPlane.api.expect('POST', '/api/v1/namespaces', { body });
  const args = ['install', RELEASE, CHART_FOLDER, '--namespace', RELEASE_NAMESPACE, '--wait'];
  const { code, stderr } = await controlPlane.helm(args, { timeout: 5 * 60_000 });
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

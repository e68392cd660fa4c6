import type { Api, ApiObject } from './api.ts';
import { until } from './until.ts';

/** The label that says in which zone a node is; disks, schedulers and spread constraints go by it. */
export const ZONE_LABEL = 'topology.kubernetes.io/zone';

export type Node = ApiObject & { spec: { taints?: { key: string }[] } };

const RESOURCES = { cpu: '8', memory: '32Gi', 'ephemeral-storage': '100Gi', pods: '110' };

/**
 * Makes Nodes that no machine stands behind, one a zone, named `node-ZONE`, and waits until the scheduler
 * may use them. Pods are placed on them but stay in phase Pending unless `startKubelets` speaks for them.
 * Needs the controller manager.
 */
export async function createNodes(api: Api, zones: readonly string[]): Promise<void> {
  await Promise.all(zones.map((zone) => createNode(api, `node-${zone}`, zone)));
}

async function createNode(api: Api, name: string, zone: string): Promise<void> {
  const labels = {
    [ZONE_LABEL]: zone,
    'topology.kubernetes.io/region': zone.replace(/-[^-]*$/, ''),
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
  };
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } };
  await api.expect('POST', '/api/v1/nodes', { body: node });
  await api.expect('PATCH', `/api/v1/nodes/${name}/status`, {
    body: { status: { capacity: RESOURCES, allocatable: RESOURCES, conditions: [ready()] } },
  });
  // Every new Node is tainted as not ready until the controller manager has seen this condition.
  await until(`Node ${name} without taints`, async () => {
    const { spec } = await api.expect<Node>('GET', `/api/v1/nodes/${name}`);
    return !spec.taints?.length;
  });
}

function ready(): object {
  const now = new Date().toISOString();
  return {
    type: 'Ready',
    status: 'True',
    reason: 'Test',
    lastHeartbeatTime: now,
    lastTransitionTime: now,
  };
}

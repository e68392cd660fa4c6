import type { Api, ApiObject } from './api.ts';
import { type Background, repeat } from './background.ts';

type Pod = ApiObject & {
  spec: { nodeName?: string; containers: { name: string; image: string }[] };
  status: { phase?: string };
};

/**
 * Speaks for Nodes without a machine: every Pod that was placed is reported as running and ready, every one
 * that is to be deleted is let go. Enough for a StatefulSet to be rolled out; nothing runs.
 */
export function startKubelets(api: Api): Background {
  return repeat(async () => {
    const pods = await api.list<Pod>('/api/v1/pods');
    await Promise.all(pods.filter(({ spec }) => spec.nodeName).map((pod) => report(api, pod)));
  });
}

async function report(api: Api, pod: Pod): Promise<void> {
  const { name, namespace, uid, deletionTimestamp } = pod.metadata;
  const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
  // By uid, since a Pod of the same name may have come meanwhile; 404 and 409 then, which is as well.
  if (deletionTimestamp) {
    const body = { gracePeriodSeconds: 0, preconditions: { uid } };
    await api.request('DELETE', path, { body });
  } else if (pod.status.phase === 'Pending') {
    const body = { metadata: { uid }, status: runningStatus(pod) };
    await api.request('PATCH', `${path}/status`, { body });
  }
}

function runningStatus({ spec }: Pod): object {
  const now = new Date().toISOString();
  const types = ['Initialized', 'ContainersReady', 'Ready'];
  return {
    phase: 'Running',
    startTime: now,
    conditions: types.map((type) => ({ type, status: 'True', lastTransitionTime: now })),
    containerStatuses: spec.containers.map(({ name, image }) => ({
      name,
      image,
      imageID: '',
      ready: true,
      started: true,
      restartCount: 0,
      state: { running: { startedAt: now } },
    })),
  };
}

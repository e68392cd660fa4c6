import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Api } from '../api.ts';
import { RELEASE_NAMESPACE, webhookPods } from './installed.ts';
import type { NodeCluster } from './node-cluster.ts';
import { PodView } from './pods.ts';

/** Everything that can be listed in a cluster and that somebody of zonekeeper or the kubelet writes. */
const KINDS = [
  '/api/v1/pods',
  '/api/v1/events',
  '/api/v1/configmaps',
  '/api/v1/secrets',
  '/apis/apps/v1/statefulsets',
  '/apis/apps/v1/controllerrevisions',
  '/apis/secrets-store.csi.x-k8s.io/v1/secretproviderclasses',
  '/apis/secrets-store.csi.x-k8s.io/v1/secretproviderclasspodstatuses',
];

/** What was said, by whom. */
export type Said = Readonly<Record<string, string>>;

/** All objects of the cluster that could hold a secret by mistake. */
export async function objectsSaid(api: Api): Promise<Said> {
  const all: Record<string, string> = {};
  for (const kind of KINDS) all[kind] = JSON.stringify(await api.list(kind));
  return all;
}

/** Logs and metrics of the webhook's Pods, which are the controllers' too. */
export async function webhookSaid({ controlPlane }: NodeCluster): Promise<Said> {
  const all: Record<string, string> = {};
  for (const { metadata } of await webhookPods(controlPlane.api)) {
    const pod = new PodView(controlPlane, RELEASE_NAMESPACE, metadata.name);
    all[`log of ${metadata.name}`] = await pod.log('webhook');
    all[`metrics of ${metadata.name}`] = await pod.answer(8444, '/metrics');
  }
  return all;
}

/** Log, status and metrics of a Pod's sidecar, and the log of the one before it if it was started again. */
export async function sidecarSaid(pod: PodView, isStartedAgain: boolean): Promise<Said> {
  const container = 'zonekeeper-sidecar';
  const previous = isStartedAgain ? await pod.log(container, '--previous') : '';
  return {
    [`log of the sidecar of ${pod.path}`]: await pod.log(container),
    [`log of the sidecar before in ${pod.path}`]: previous,
    [`status of ${pod.path}`]: JSON.stringify(await pod.answer(9809, '/status')),
    [`metrics of ${pod.path}`]: await pod.answer(9809, '/metrics'),
  };
}

/** What the kubelets and the driver have logged. */
export async function nodesSaid({ nodes }: NodeCluster): Promise<Said> {
  const all: Record<string, string> = {};
  for (const { folder } of nodes) {
    const logs = path.join(folder, 'log');
    for (const name of await readdir(logs)) {
      all[path.join(logs, name)] = await readFile(path.join(logs, name), 'utf8');
    }
  }
  return all;
}

/** Who has said the word, plainly or in base64. */
export function whoSays(said: Said, word: string): string[] {
  // Each of the three ways in which it can lie in base64, without the characters that its neighbours decide.
  const encoded = [0, 1, 2].map((before) => {
    const whole = Buffer.from(`${'.'.repeat(before)}${word}`).toString('base64');
    return whole.slice(before === 0 ? 0 : before + 1, Math.floor(whole.length / 4) * 4 - 4);
  });
  return Object.entries(said)
    .filter(([, text]) => [word, ...encoded].some((form) => text.includes(form)))
    .map(([by]) => by);
}

import type { Kube } from '../kube.ts';
import { isNotFound } from '../kube-error.ts';
import type { KubeObject } from '../objects.ts';
import type { SetIdentity } from './set-facts.ts';
import type { LabelSelector } from './usage.ts';

/** A StatefulSet as it is stored, as far as it is read. */
export interface LiveSet extends KubeObject {
  readonly metadata?: KubeObject['metadata'] & {
    readonly uid?: string;
    readonly deletionTimestamp?: string;
  };
  readonly spec?: { readonly selector?: LabelSelector };
}

/**
 * The set as it is at this moment, which a watch may tell later; undefined if it is gone, is another one of that name by now
 * or was told to go. Rejects as a request does.
 */
export async function readLiveSet(
  kube: Kube,
  { namespace, name, uid }: Omit<SetIdentity, 'resourceVersion'>,
  signal: AbortSignal,
): Promise<LiveSet | undefined> {
  const path = `/apis/apps/v1/namespaces/${namespace}/statefulsets/${name}`;
  try {
    const set = (await kube.request({ method: 'GET', path }, signal)) as LiveSet;
    const isLive = set.metadata?.uid === uid && set.metadata.deletionTimestamp === undefined;
    return isLive ? set : undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

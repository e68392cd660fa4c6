import type { Container, PodSpec, VolumeMount } from '../statefulset.ts';
import { withList } from './injected.ts';

/** The lists of containers whose mounts are looked at. */
export type ContainerList = 'initContainers' | 'containers';
export const LISTS: readonly ContainerList[] = ['initContainers', 'containers'];

type Picks = (container: Container, mount: VolumeMount) => boolean;

/** The pod spec without the mounts that are picked; every list and container that keeps its own is shared. */
export function withoutMounts(spec: PodSpec, picks: Picks): PodSpec {
  let done = spec;
  for (const list of LISTS) {
    const all = spec[list] ?? [];
    const bare = all.map((container) => withoutOwn(container, picks));
    if (bare.some((container, index) => container !== all[index])) done = { ...done, [list]: bare };
  }
  return done;
}

function withoutOwn(container: Container, picks: Picks): Container {
  const mounts = container.volumeMounts ?? [];
  const kept = mounts.filter((mount) => !picks(container, mount));
  return kept.length === mounts.length ? container : withList(container, 'volumeMounts', kept);
}

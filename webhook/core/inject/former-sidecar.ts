import { ENV_VOLUME } from '../../../sidecar/contract.ts';
import type { Container, EnvVar, PodSpec, Volume, VolumeMount } from '../statefulset.ts';
import {
  type EnvironmentEntry,
  isEnvMount,
  isFileVariable,
  withoutVariables,
} from './environment.ts';
import { LISTS, withoutMounts } from './mounts.ts';
import {
  isEnvVolume,
  isSidecar,
  isTokenVolume,
  type SidecarEntry,
  withoutSidecar,
  withoutVolumes,
} from './sidecar.ts';

/** What the marker of today lists. */
export interface CurrentSidecar {
  readonly sidecar?: SidecarEntry;
  readonly environment?: EnvironmentEntry;
}

/**
 * What was put into an earlier revision of the template and is not listed today, by words for a message: `kubectl rollout
 * undo` brings it back. What the stored template holds itself is the user's; it is seldom needed, so it is made on demand.
 */
export function formerSidecar(
  spec: PodSpec,
  stored: () => PodSpec,
  current: CurrentSidecar,
): string[] {
  return [...new Set(formerParts(spec, stored, current).map(({ what }) => what))];
}

/** Removes it. */
export function stripFormerSidecar(
  spec: PodSpec,
  stored: () => PodSpec,
  current: CurrentSidecar,
): PodSpec {
  const gone = new Set(formerParts(spec, stored, current).map(({ key }) => key));
  if (gone.size === 0) return spec;
  const bare = withoutVolumes(gone.has(SIDECAR_KEY) ? withoutSidecar(spec) : spec, (volume) =>
    gone.has(volumeKey(volume)),
  );
  const free = withoutVariables(bare, (container, one) => gone.has(variableKey(container, one)));
  return withoutMounts(free, (container, mount) => gone.has(mountKey(container, mount)));
}

function formerParts(spec: PodSpec, stored: () => PodSpec, current: CurrentSidecar): Part[] {
  // Whatever was put in comes with one of these volumes.
  if (!(spec.volumes ?? []).some((one) => isEnvVolume(one) || isTokenVolume(one))) return [];
  const found = partsOf(spec, current);
  if (found.length === 0) return [];
  const own = new Set(partsOf(stored(), current).map(({ key }) => key));
  return found.filter(({ key }) => !own.has(key));
}

interface Part {
  readonly key: string;
  readonly what: string;
}

const SIDECAR_KEY = 'container';
const volumeKey = ({ name }: Volume) => `volume ${name}`;
const mountKey = ({ name }: Container, mount: VolumeMount) =>
  `mount ${name} ${mount.name} ${mount.mountPath}`;
const variableKey = ({ name }: Container, one: EnvVar) => `variable ${name} ${one.name}`;

/** Whatever looks as if it had been put in and is not listed. */
function partsOf(spec: PodSpec, { sidecar, environment }: CurrentSidecar): Part[] {
  const containers = LISTS.flatMap((list) => spec[list] ?? []);
  const volumes = (spec.volumes ?? []).filter(
    (one) =>
      (sidecar === undefined && isEnvVolume(one)) ||
      (sidecar?.token === undefined && isTokenVolume(one)),
  );
  return [
    ...(sidecar === undefined && (spec.initContainers ?? []).some(isSidecar)
      ? [{ key: SIDECAR_KEY, what: 'a sidecar' }]
      : []),
    ...volumes.map((one) => ({ key: volumeKey(one), what: `volume "${one.name}"` })),
    ...containers.flatMap((container) => [
      ...(container.env ?? [])
        .filter((one) => isFormerVariable(one, environment))
        .map((one) => ({ key: variableKey(container, one), what: `variable "${one.name}"` })),
      ...(container.volumeMounts ?? [])
        .filter((one) => environment?.delivery !== 'file' && isEnvMount(one))
        .map((one) => ({ key: mountKey(container, one), what: `mount ${one.mountPath}` })),
    ]),
  ];
}

function isFormerVariable(one: EnvVar, environment: EnvironmentEntry | undefined): boolean {
  if (isFileVariable(one)) return environment?.delivery !== 'file';
  const { fileKeyRef } = one.valueFrom ?? {};
  if (fileKeyRef?.volumeName !== ENV_VOLUME) return false;
  return !(environment?.delivery === 'kubernetes' && environment.variables.includes(one.name));
}

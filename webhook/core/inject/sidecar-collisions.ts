import { SIDECAR_NAME, SIDECAR_PORT } from '../../../sidecar/contract.ts';
import { type Problem, problem } from '../problems.ts';
import type { Container, PodSpec, Volume } from '../statefulset.ts';
import { LISTS } from './mounts.ts';
import { SIDECAR_PORT_NAME } from './sidecar-container.ts';

/** What of a template stands in the way of a sidecar with these volumes. */
export function sidecarCollisions(
  spec: PodSpec,
  volumes: readonly Volume[],
  claimNames: readonly string[],
): Problem[] {
  const taken = new Set([...(spec.volumes ?? []).map(({ name }) => name), ...claimNames]);
  const all = LISTS.flatMap((list) => spec[list] ?? []);
  return [
    ...volumes
      .filter(({ name }) => taken.has(name))
      .map(({ name: volume }) => problem('ZK108', { volume })),
    ...(all.some(({ name }) => name === SIDECAR_NAME) ? [problem('ZK135', {})] : []),
    ...(isForWindows(spec) ? [problem('ZK139', {})] : []),
    ...all
      .filter(usesPort)
      .map(({ name }) =>
        problem('ZK138', { container: name, port: SIDECAR_PORT, portName: SIDECAR_PORT_NAME }),
      ),
  ];
}

function isForWindows({ os, nodeSelector }: PodSpec): boolean {
  return os?.name === 'windows' || nodeSelector?.['kubernetes.io/os'] === 'windows';
}

function usesPort({ ports }: Container): boolean {
  return (ports ?? []).some(
    ({ name, containerPort, protocol }) =>
      name === SIDECAR_PORT_NAME ||
      (containerPort === SIDECAR_PORT && (protocol ?? 'TCP') === 'TCP'),
  );
}

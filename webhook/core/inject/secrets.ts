import { createHash } from 'node:crypto';
import { SECRETS_STORE_DRIVER, SECRETS_VOLUME } from '../../../sidecar/contract.ts';
import { listed, type Problem, problem } from '../problems.ts';
import type { Container, PodSpec, Volume, VolumeMount } from '../statefulset.ts';
import { type Injected, withList } from './injected.ts';

/** One volume that was put in, mounted at `path`. */
export interface SecretsEntry {
  readonly volume: string;
  readonly class: string;
  readonly path: string;
}

/** Which volumes go where. */
export interface SecretsPlan {
  readonly entries: readonly SecretsEntry[];
  /** `undefined`: every container, init containers too. */
  readonly containers: readonly string[] | undefined;
}

type ContainerList = 'initContainers' | 'containers';
const LISTS: readonly ContainerList[] = ['initContainers', 'containers'];

/** Adds a read-only CSI volume for each class and mounts it in the chosen containers. */
export function injectSecrets(
  spec: PodSpec,
  plan: SecretsPlan,
  claimNames: readonly string[],
): Injected<readonly SecretsEntry[]> {
  const { entries } = plan;
  const names = new Set(entries.map(({ volume }) => volume));
  const present = (spec.volumes ?? []).filter(({ name }) => names.has(name));
  const denials = [
    ...[...present.map(({ name }) => name), ...claimNames.filter((name) => names.has(name))].map(
      (volume) => problem('ZK108', { volume }),
    ),
    ...unknownContainers(spec, plan.containers),
    ...LISTS.flatMap((list) => chosen(spec[list], plan).flatMap((one) => takenPaths(one, entries))),
  ];
  const added: PodSpec = {
    ...spec,
    volumes: [...(spec.volumes ?? []), ...entries.map(volumeOf)],
  };
  let mounted = added;
  for (const list of LISTS) mounted = mountIn(mounted, list, plan);
  return { spec: mounted, entry: entries, denials, warnings: [] };
}

/** Removes the volumes that were put in and their mounts; what the user mounted elsewhere stays. */
export function stripSecrets(spec: PodSpec, entries: readonly SecretsEntry[]): PodSpec {
  const ours = (volume: Volume) => entries.some((entry) => isVolumeOf(volume, entry));
  const volumes = (spec.volumes ?? []).filter((volume) => !ours(volume));
  if (volumes.length === (spec.volumes ?? []).length) return unmount(spec, entries);
  return unmount(withList(spec, 'volumes', volumes), entries);
}

/** Volume and path of each class: alone it has the fixed name and the path itself, several get a folder each. */
export function entriesOf(classes: readonly string[], mountPath: string): SecretsEntry[] {
  const [only] = classes;
  if (classes.length === 1 && only !== undefined) {
    return [{ volume: SECRETS_VOLUME, class: only, path: mountPath }];
  }
  return classes.map((name) => ({
    volume: volumeName(name),
    class: name,
    path: `${mountPath}/${name}`,
  }));
}

/** A class may have dots and 253 characters, a volume name neither: such names end in a hash of the class. */
function volumeName(className: string): string {
  const plain = `${SECRETS_VOLUME}-${className}`;
  if (plain.length <= 63 && !plain.includes('.')) return plain;
  const hash = createHash('sha256').update(className).digest('hex').slice(0, 8);
  return `${plain.replaceAll('.', '-').slice(0, 54)}-${hash}`;
}

function volumeOf({ volume, class: secretProviderClass }: SecretsEntry): Volume {
  return {
    name: volume,
    csi: {
      driver: SECRETS_STORE_DRIVER,
      readOnly: true,
      volumeAttributes: { secretProviderClass },
    },
  };
}

function isVolumeOf(volume: Volume, entry: SecretsEntry): boolean {
  return (
    volume.name === entry.volume &&
    volume.csi?.driver === SECRETS_STORE_DRIVER &&
    volume.csi.volumeAttributes?.secretProviderClass === entry.class
  );
}

function chosen(
  containers: readonly Container[] | undefined,
  { containers: names }: SecretsPlan,
): readonly Container[] {
  return (containers ?? []).filter(({ name }) => names === undefined || names.includes(name));
}

function unknownContainers(spec: PodSpec, names: readonly string[] | undefined): Problem[] {
  const known = LISTS.flatMap((list) => (spec[list] ?? []).map(({ name }) => name));
  return (names ?? [])
    .filter((name) => !known.includes(name))
    .map((value) => problem('ZK106', { value, known: listed(known) }));
}

function takenPaths(container: Container, entries: readonly SecretsEntry[]): Problem[] {
  return entries.flatMap(({ path }) =>
    (container.volumeMounts ?? [])
      .filter(({ mountPath }) => mountPath.replace(/\/+$/, '') === path)
      .map(({ name: volume }) => problem('ZK109', { container: container.name, volume, path })),
  );
}

function mountIn(spec: PodSpec, list: ContainerList, plan: SecretsPlan): PodSpec {
  const containers = spec[list];
  const mounts: VolumeMount[] = plan.entries.map(({ volume, path }) => ({
    name: volume,
    readOnly: true,
    mountPath: path,
  }));
  const wanted = new Set(chosen(containers, plan));
  if (containers == null || wanted.size === 0) return spec;
  const mounted = containers.map((container) =>
    wanted.has(container)
      ? { ...container, volumeMounts: [...(container.volumeMounts ?? []), ...mounts] }
      : container,
  );
  return { ...spec, [list]: mounted };
}

function unmount(spec: PodSpec, entries: readonly SecretsEntry[]): PodSpec {
  let done = spec;
  for (const list of LISTS) done = unmountIn(done, list, entries);
  return done;
}

function unmountIn(spec: PodSpec, list: ContainerList, entries: readonly SecretsEntry[]): PodSpec {
  const ours = ({ name, mountPath, readOnly }: VolumeMount) =>
    readOnly === true && entries.some(({ volume, path }) => volume === name && path === mountPath);
  const containers = spec[list] ?? [];
  if (!containers.some(({ volumeMounts }) => (volumeMounts ?? []).some(ours))) return spec;
  const bare = containers.map((container) => {
    const mounts = container.volumeMounts ?? [];
    const kept = mounts.filter((mount) => !ours(mount));
    return kept.length === mounts.length ? container : withList(container, 'volumeMounts', kept);
  });
  return { ...spec, [list]: bare };
}

import { hash } from 'node:crypto';
import { SECRETS_STORE_DRIVER, SECRETS_VOLUME } from '../../../sidecar/contract.ts';
import { listed, type Problem, problem } from '../problems.ts';
import type { Container, PodSpec, Volume, VolumeMount } from '../statefulset.ts';
import { type Injected, withList } from './injected.ts';
import { type ContainerList, LISTS, withoutMounts } from './mounts.ts';

/** Mounts that are put into one template at most. */
const MOST_MOUNTS = 5000;

/** What the volumes that are put in are called. */
export const SECRETS_VOLUME_NAME = new RegExp(`^${SECRETS_VOLUME}(-[-a-z0-9]*[a-z0-9])?$`);

/** One volume that was put in, mounted at `path`. */
export interface SecretsEntry {
  readonly volume: string;
  readonly class: string;
  readonly path: string;
}

/** A class and the folder that it has where several are mounted. */
export interface ClassMount {
  readonly class: string;
  readonly folder: string;
}

/** Which volumes go where. */
export interface SecretsPlan {
  readonly entries: readonly SecretsEntry[];
  /** `undefined`: every container, init containers too. */
  readonly containers: readonly string[] | undefined;
}

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
    ...tooManyMounts(spec, plan),
    ...mountedTwice(entries),
    ...[...present.map(({ name }) => name), ...claimNames.filter((name) => names.has(name))].map(
      (volume) => problem('ZK108', { volume }),
    ),
    ...unknownContainers(spec, plan.containers),
    ...LISTS.flatMap((list) =>
      (spec[list] ?? []).filter(chosenBy(plan)).flatMap((one) => takenPaths(one, entries)),
    ),
  ];
  if (denials.length > 0) return { spec, entry: entries, denials, warnings: [] };
  const added: PodSpec = {
    ...spec,
    volumes: [...(spec.volumes ?? []), ...entries.map(volumeOf)],
  };
  let mounted = added;
  for (const list of LISTS) mounted = mountIn(mounted, list, plan);
  return { spec: mounted, entry: entries, denials, warnings: [] };
}

/** Removes the volumes that were put in and their mounts; what the user mounted elsewhere stays. */
export function stripSecrets(spec: PodSpec, plan: SecretsPlan): PodSpec {
  const { entries } = plan;
  const ours = (volume: Volume) => entries.some((entry) => isVolumeOf(volume, entry));
  const volumes = (spec.volumes ?? []).filter((volume) => !ours(volume));
  if (volumes.length === (spec.volumes ?? []).length) return unmount(spec, plan);
  return unmount(withList(spec, 'volumes', volumes), plan);
}

/** Volume and path of each class: alone it has the fixed name and the path itself, several get a folder each. */
export function entriesOf(classes: readonly ClassMount[], mountPath: string): SecretsEntry[] {
  const [only] = classes;
  if (classes.length === 1 && only !== undefined) {
    return [{ volume: SECRETS_VOLUME, class: only.class, path: mountPath }];
  }
  return classes.map(({ class: name, folder }) => ({
    volume: volumeName(name),
    class: name,
    path: `${mountPath}/${folder}`,
  }));
}

/** A class may have dots and 253 characters, a volume name neither: such names end in a hash of the class. */
function volumeName(className: string): string {
  const plain = `${SECRETS_VOLUME}-${className}`;
  if (plain.length <= 63 && !plain.includes('.')) return plain;
  const digest = hash('sha256', className).slice(0, 8);
  return `${plain.replaceAll('.', '-').slice(0, 54)}-${digest}`;
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

/** A class named as it would be made, or one called like the vault. */
function mountedTwice(entries: readonly SecretsEntry[]): Problem[] {
  return entries
    .filter((entry, index) =>
      entries
        .slice(0, index)
        .some(({ volume, path }) => volume === entry.volume || path === entry.path),
    )
    .map(({ class: name, path }) => problem('ZK118', { class: name, path }));
}

function chosenBy({ containers }: SecretsPlan): (container: Container) => boolean {
  const names = containers && new Set(containers);
  return ({ name }) => names === undefined || names.has(name);
}

function unknownContainers(spec: PodSpec, names: readonly string[] | undefined): Problem[] {
  const known = new Set(LISTS.flatMap((list) => (spec[list] ?? []).map(({ name }) => name)));
  return (names ?? [])
    .filter((name) => !known.has(name))
    .map((value) => problem('ZK106', { value, known: listed(known) }));
}

function takenPaths(container: Container, entries: readonly SecretsEntry[]): Problem[] {
  const paths = new Set(entries.map(({ path }) => path));
  return (container.volumeMounts ?? []).flatMap(({ name: volume, mountPath }) => {
    const path = mountPath.replace(/\/+$/, '');
    return paths.has(path) ? [problem('ZK109', { container: container.name, volume, path })] : [];
  });
}

/** Every class is mounted in every chosen container, so a small object could be made into one that fills the memory. */
function tooManyMounts(spec: PodSpec, plan: SecretsPlan): Problem[] {
  const classes = plan.entries.length;
  const containers = LISTS.flatMap((list) => (spec[list] ?? []).filter(chosenBy(plan))).length;
  if (classes * containers <= MOST_MOUNTS) return [];
  const value = `${classes} classes for ${containers} containers`;
  return [
    problem('ZK103', {
      key: 'secret-provider-class',
      value,
      expected: `at most ${MOST_MOUNTS} mounts`,
    }),
  ];
}

function mountIn(spec: PodSpec, list: ContainerList, plan: SecretsPlan): PodSpec {
  const containers = spec[list];
  const mounts: VolumeMount[] = plan.entries.map(({ volume, path }) => ({
    name: volume,
    readOnly: true,
    mountPath: path,
  }));
  const isChosen = chosenBy(plan);
  if (!containers?.some(isChosen)) return spec;
  const mounted = containers.map((container) =>
    isChosen(container)
      ? { ...container, volumeMounts: [...(container.volumeMounts ?? []), ...mounts] }
      : container,
  );
  return { ...spec, [list]: mounted };
}

function unmount(spec: PodSpec, plan: SecretsPlan): PodSpec {
  const isChosen = chosenBy(plan);
  return withoutMounts(
    spec,
    (container, { name, mountPath, readOnly }) =>
      readOnly === true &&
      isChosen(container) &&
      plan.entries.some(({ volume, path }) => volume === name && path === mountPath),
  );
}

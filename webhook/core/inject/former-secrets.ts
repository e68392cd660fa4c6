import { SECRETS_STORE_DRIVER } from '../../../sidecar/contract.ts';
import type { PodSpec, Volume } from '../statefulset.ts';
import { withList } from './injected.ts';
import { LISTS, withoutMounts } from './mounts.ts';
import { SECRETS_VOLUME_NAME, type SecretsEntry } from './secrets.ts';

/**
 * Names of the volumes that were put into an earlier revision of the template for another request: `kubectl rollout undo`
 * brings them back, and the marker lists those of today only. What the stored template holds itself is the user's,
 * whatever it is called; it is seldom needed, so it is made on demand.
 */
export function formerSecrets(
  spec: PodSpec,
  stored: () => PodSpec,
  entries: readonly SecretsEntry[],
): string[] {
  const current = new Map(entries.map((entry) => [entry.volume, entry.class]));
  const found = (spec.volumes ?? []).filter((one) => isFormer(one, current.get(one.name)));
  if (found.length === 0) return [];
  const kept = new Set((stored().volumes ?? []).map(({ name }) => name));
  return found.map(({ name }) => name).filter((name) => !kept.has(name));
}

/** Removes those volumes and their mounts. */
export function stripFormerSecrets(
  spec: PodSpec,
  stored: () => PodSpec,
  entries: readonly SecretsEntry[],
): PodSpec {
  const names = new Set(formerSecrets(spec, stored, entries));
  if (names.size === 0) return spec;
  const volumes = (spec.volumes ?? []).filter((volume) => !names.has(volume.name));
  const own = mountsOf(stored());
  return withoutMounts(
    withList(spec, 'volumes', volumes),
    (container, { name, mountPath, readOnly }) =>
      readOnly === true && names.has(name) && !own.has(`${container.name} ${name} ${mountPath}`),
  );
}

/** Whether it is just as it would have been put in, for another class than the one that stands in the marker. */
function isFormer({ name, csi }: Volume, current: string | undefined): boolean {
  const attributes = csi?.volumeAttributes ?? {};
  const { secretProviderClass } = attributes;
  return (
    SECRETS_VOLUME_NAME.test(name) &&
    csi?.driver === SECRETS_STORE_DRIVER &&
    csi.readOnly === true &&
    Object.keys(attributes).length === 1 &&
    secretProviderClass !== undefined &&
    secretProviderClass !== current
  );
}

function mountsOf(spec: PodSpec): ReadonlySet<string> {
  const all = LISTS.flatMap((list) => spec[list] ?? []);
  return new Set(
    all.flatMap(({ name, volumeMounts }) =>
      (volumeMounts ?? []).map((mount) => `${name} ${mount.name} ${mount.mountPath}`),
    ),
  );
}

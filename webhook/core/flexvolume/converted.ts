import { classNameOf, type ProviderClassSpec, providerSpec } from '../secrets/provider-class.ts';
import type { VaultObject } from '../secrets/vault-object.ts';
import type { FlexVolume, ObjectMeta } from '../statefulset.ts';
import type { FlexObject } from './options.ts';
import { readFlexObjects } from './options.ts';
import { flexSource } from './source.ts';

/** A FlexVolume that was made a CSI volume of the same name. */
export interface FlexEntry {
  readonly volume: string;
  /** The SecretProviderClass that was made of it. */
  readonly class: string;
  /** What stood there, to be put back by an opt-out. */
  readonly was: FlexVolume;
  /** The workload identity that took the place of a pod identity. */
  readonly client?: string;
}

/** The driver of Azure/kubernetes-keyvault-flexvol, deprecated since 2020. */
export const FLEX_DRIVER = 'azure/kv';

/** So much of the set's name stands in the class's, so that there is room for that of the volume. */
const LONGEST_SET = 30;

/** The content of the class of a FlexVolume; `undefined` where it has faults. */
export function flexSpec(
  was: FlexVolume,
  client: string | undefined,
): ProviderClassSpec | undefined {
  const { source } = { source: undefined, ...flexSource(was, client) };
  const { objects, faults } = readFlexObjects(was.options ?? {});
  if (source === undefined || faults.length > 0) return undefined;
  return providerSpec(source, objects.map(mounted));
}

/**
 * The name of the class: that of the volume is in it, because two volumes of one class would share the object by which the
 * driver tells of a mount.
 */
export function flexClassName(
  { name, generateName }: ObjectMeta,
  volume: string,
  spec: ProviderClassSpec,
): string {
  const set = (name ?? generateName ?? '').slice(0, LONGEST_SET);
  return classNameOf(`${set}-${volume}`, spec);
}

/** The driver wrote secrets as Key Vault holds them. */
function mounted(object: FlexObject): VaultObject {
  return object.type === 'secret' ? { ...object, format: 'pfx' } : object;
}

import { flexSpec } from '../flexvolume/converted.ts';
import { type Marker, readMarker } from '../marker.ts';
import type { StatefulSet } from '../statefulset.ts';
import {
  bearsOut,
  providerClass,
  providerSpec,
  type SecretProviderClass,
} from './provider-class.ts';
import { objectsOf } from './vault-objects.ts';

/**
 * The SecretProviderClasses that must exist for a set as it is stored: made from its marker alone, so a changed
 * configuration changes none of them, and one that was deleted comes back as it was. Without ownerReferences. None for a
 * marker whose class does not bear its content's hash: zonekeeper did not write it so.
 */
export function classesOf(set: StatefulSet): readonly SecretProviderClass[] {
  const marker = readMarker(set);
  if (marker === undefined || marker === 'broken') return [];
  const { namespace } = set.metadata;
  return [...vaultClass(marker, namespace), ...flexClasses(marker, namespace)];
}

function vaultClass(marker: Marker, namespace: string | undefined): SecretProviderClass[] {
  if (marker.vault === undefined) return [];
  const { vault, secrets, request } = marker;
  const objects = objectsOf(request?.secrets ?? '');
  const spec = providerSpec(vault, objects);
  const mounted = (secrets ?? []).some((entry) => entry.class === vault.class);
  if (!mounted || objects.length === 0 || !bearsOut(vault.class, spec)) return [];
  return [providerClass(vault.class, namespace ?? undefined, spec)];
}

function flexClasses(
  { flexVolumes = [] }: Marker,
  namespace: string | undefined,
): SecretProviderClass[] {
  return flexVolumes.flatMap(({ class: name, was, client }) => {
    const spec = flexSpec(was, client);
    if (spec === undefined || !bearsOut(name, spec)) return [];
    return [providerClass(name, namespace ?? undefined, spec)];
  });
}

import { type ClassMount, entriesOf, type SecretsPlan } from './inject/secrets.ts';
import type { Marker } from './marker.ts';
import type { InjectionRequest } from './request.ts';
import { vaultEntry } from './secrets/vault-plan.ts';
import type { VaultEntry } from './secrets/vault-source.ts';
import type { ObjectMeta } from './statefulset.ts';

/** What a template is to hold of ours. */
export interface TemplatePlan {
  readonly schedulerName: string | undefined;
  readonly secrets: SecretsPlan | undefined;
  /** What the class among `secrets` is made of that zonekeeper makes. */
  readonly vault: VaultEntry | undefined;
  readonly proximityPlacementGroup: string | undefined;
  /** Seconds. */
  readonly fastFailover: number | undefined;
}

/** The plan of a request; `metadata` is that of the set. */
export function planOf(request: InjectionRequest, metadata: ObjectMeta): TemplatePlan {
  const vault = request.vault && vaultEntry(request.vault, metadata);
  return planWith(request, request.schedulerName.value, vault);
}

/**
 * The plan of a request that was fulfilled before, as the marker says: only the scheduler and what no annotation says of the
 * vault depend on the configuration, all else follows from the annotations. So a marker that was made up asks for no more
 * than they do, and the vault of one that comes from outside is held against the bounds.
 */
export function planAsMarked(
  request: InjectionRequest,
  metadata: ObjectMeta,
  marker: Marker,
): TemplatePlan {
  const { value, origin } = request.schedulerName;
  const schedulerName = origin === 'annotation' ? value : marker.scheduler?.name;
  const vault = request.vault && vaultEntry(request.vault, metadata, marker.vault);
  return planWith(request, schedulerName, vault);
}

/** The plan by which a marked template was made, for a request that can no longer be read. */
export function planOfMarker(marker: Marker): TemplatePlan {
  const { scheduler, secrets: entries, containers, placement, failover, vault } = marker;
  return {
    schedulerName: scheduler?.name,
    secrets: entries && { entries, containers },
    vault,
    proximityPlacementGroup: placement?.group,
    fastFailover: failover?.seconds,
  };
}

function planWith(
  request: InjectionRequest,
  schedulerName: string | undefined,
  vault: VaultEntry | undefined,
): TemplatePlan {
  const { mountPath, containers, proximityPlacementGroup, fastFailover } = request;
  const classes = classesOf(request, vault);
  return {
    schedulerName,
    secrets:
      classes.length > 0 ? { entries: entriesOf(classes, mountPath.value), containers } : undefined,
    vault,
    proximityPlacementGroup,
    fastFailover,
  };
}

/** The folder of a made class is called after the vault: its own name changes with its content. */
function classesOf(
  { secretProviderClasses }: InjectionRequest,
  vault: VaultEntry | undefined,
): ClassMount[] {
  const existing = secretProviderClasses.map((name) => ({ class: name, folder: name }));
  if (vault === undefined) return existing;
  return [{ class: vault.class, folder: vault.vault }, ...existing];
}

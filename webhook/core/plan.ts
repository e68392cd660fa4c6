import type { EnvironmentPlan } from './inject/environment.ts';
import type { FlexPlan } from './inject/flexvolume.ts';
import { type ClassMount, entriesOf, type SecretsPlan } from './inject/secrets.ts';
import type { AnySidecar, KeptSidecar } from './inject/sidecar.ts';
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
  /** `undefined`: FlexVolumes stay as they are. */
  readonly flexVolumes: FlexPlan | undefined;
  readonly sidecar: AnySidecar | undefined;
  readonly environment: EnvironmentPlan | undefined;
  /** The sidecar that the stored template holds. */
  readonly standing?: KeptSidecar | undefined;
  readonly proximityPlacementGroup: string | undefined;
  /** Seconds. */
  readonly fastFailover: number | undefined;
}

/** The plan of a request; `metadata` is that of the set. */
export function planOf(request: InjectionRequest, metadata: ObjectMeta): TemplatePlan {
  const vault = request.vault && vaultEntry(request.vault, metadata);
  return planWith(request, metadata, request.schedulerName.value, vault);
}

/**
 * The plan of a request that was fulfilled before, as the marker says: what no annotation says of the scheduler and the
 * vault, and the sidecar depend on the configuration and the cluster, all else follows from the annotations. So a marker
 * that was made up asks for no more than they do, and the vault of one that comes from outside is held against the bounds.
 * `kept` is the sidecar that such a template holds.
 */
export function planAsMarked(
  request: InjectionRequest,
  metadata: ObjectMeta,
  marker: Marker,
  kept: KeptSidecar | undefined,
): TemplatePlan {
  const { value, origin } = request.schedulerName;
  const schedulerName = origin === 'annotation' ? value : marker.scheduler?.name;
  const vault = request.vault && vaultEntry(request.vault, metadata, marker.vault);
  const plan = planWith(request, metadata, schedulerName, vault);
  if (marker.sidecar === undefined) return { ...plan, sidecar: undefined, environment: undefined };
  const { environment: entry } = marker;
  const same = entry !== undefined && entry.delivery === plan.environment?.entry.delivery;
  return {
    ...plan,
    sidecar: plan.sidecar && (kept ?? plan.sidecar),
    environment: same ? { entry, containers: request.containers } : plan.environment,
  };
}

/** The plan of a request for a template that holds that sidecar, or none. */
export function planAsStored(
  request: InjectionRequest,
  metadata: ObjectMeta,
  kept: KeptSidecar | undefined,
): TemplatePlan {
  const plan = planOf(request, metadata);
  return { ...plan, sidecar: plan.sidecar && kept, environment: kept && plan.environment };
}

/** The plan for a set that is stored: what became of its FlexVolumes is not judged again. */
export function accepting(plan: TemplatePlan, marker: Marker | undefined): TemplatePlan {
  const { flexVolumes } = plan;
  if (flexVolumes === undefined || marker?.flexVolumes === undefined) return plan;
  return { ...plan, flexVolumes: { ...flexVolumes, accepted: marker.flexVolumes } };
}

/** The plan by which a marked template was made, for a request that can no longer be read. */
export function planOfMarker(
  marker: Marker,
  metadata: ObjectMeta,
  kept: KeptSidecar | undefined,
): TemplatePlan {
  const { scheduler, secrets: entries, containers, environment: entry } = marker;
  return {
    schedulerName: scheduler?.name,
    secrets: entries && { entries, containers },
    vault: marker.vault,
    flexVolumes: marker.flexVolumes && {
      mode: 'auto',
      client: marker.request?.['client-id'],
      bounds: undefined,
      metadata,
      accepted: marker.flexVolumes,
    },
    sidecar: marker.sidecar && kept,
    environment: entry && kept && { entry, containers },
    proximityPlacementGroup: marker.placement?.group,
    fastFailover: marker.failover?.seconds,
  };
}

function planWith(
  request: InjectionRequest,
  metadata: ObjectMeta,
  schedulerName: string | undefined,
  vault: VaultEntry | undefined,
): TemplatePlan {
  const { mountPath, containers, delivery, proximityPlacementGroup, fastFailover } = request;
  const { flexVolumes } = request;
  const classes = classesOf(request, vault);
  const entry = delivery?.environment;
  return {
    schedulerName,
    secrets:
      classes.length > 0 ? { entries: entriesOf(classes, mountPath.value), containers } : undefined,
    vault,
    flexVolumes: flexVolumes && { ...flexVolumes, metadata, accepted: [] },
    sidecar: delivery?.sidecar,
    environment: entry && { entry, containers },
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

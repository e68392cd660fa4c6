import { entriesOf, type SecretsPlan } from './inject/secrets.ts';
import type { Marker } from './marker.ts';
import type { InjectionRequest } from './request.ts';

/** What a template is to hold of ours. */
export interface TemplatePlan {
  readonly schedulerName: string | undefined;
  readonly secrets: SecretsPlan | undefined;
  readonly proximityPlacementGroup: string | undefined;
  /** Seconds. */
  readonly fastFailover: number | undefined;
}

/** The plan of a request. */
export function planOf(request: InjectionRequest): TemplatePlan {
  const { secretProviderClasses: classes, mountPath, containers } = request;
  return {
    schedulerName: request.schedulerName.value,
    secrets:
      classes.length > 0 ? { entries: entriesOf(classes, mountPath.value), containers } : undefined,
    proximityPlacementGroup: request.proximityPlacementGroup,
    fastFailover: request.fastFailover,
  };
}

/**
 * The plan of a request that was fulfilled before, as the marker says: only the scheduler depends on the configuration, all
 * else follows from the annotations. So a marker that was made up asks for no more than they do.
 */
export function planAsMarked(request: InjectionRequest, { scheduler }: Marker): TemplatePlan {
  const { value, origin } = request.schedulerName;
  return { ...planOf(request), schedulerName: origin === 'annotation' ? value : scheduler?.name };
}

/** The plan by which a marked template was made, for a request that can no longer be read. */
export function planOfMarker(marker: Marker): TemplatePlan {
  const { scheduler, secrets: entries, containers, placement, failover } = marker;
  return {
    schedulerName: scheduler?.name,
    secrets: entries && { entries, containers },
    proximityPlacementGroup: placement?.group,
    fastFailover: failover?.seconds,
  };
}

import { AnnotationReader } from './annotation-reader.ts';
import { entriesOf, type SecretsPlan } from './inject/secrets.ts';
import type { Marker } from './marker.ts';
import type { InjectionRequest } from './request.ts';
import { DNS_SUBDOMAIN } from './values.ts';

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

/** The plan by which a marked template was made, whatever the configuration says today. */
export function planOfMarker(marker: Marker): TemplatePlan {
  const { request = {}, scheduler, secrets: entries, placement, failover } = marker;
  const containers = new AnnotationReader(request).list('containers', DNS_SUBDOMAIN, '');
  return {
    schedulerName: scheduler?.name,
    secrets: entries && { entries, containers },
    proximityPlacementGroup: placement?.group,
    fastFailover: failover?.seconds,
  };
}

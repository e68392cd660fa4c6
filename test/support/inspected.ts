import type { Inspected } from '../../webhook/core/inspect/inspected.ts';
import type { Marker } from '../../webhook/core/marker.ts';
import { readRequest } from '../../webhook/core/request.ts';
import type { StatefulSet } from '../../webhook/core/statefulset.ts';
import type { ClusterView } from '../../webhook/core/view.ts';
import { contextWith } from './context.ts';

/** What is looked at of a set that is stored with that marker, in a cluster of which that is known. */
export function inspected(set: StatefulSet, view: ClusterView, marker?: Marker): Inspected {
  const context = contextWith({ view });
  const { request } = readRequest(set.metadata.annotations ?? {}, 'shop', context);
  if (request === undefined) throw new Error('the annotations of the set are refused');
  const { template, volumeClaimTemplates: claims } = set.spec;
  const parts = { template, claims, marker };
  return { namespace: 'shop', request, context, parts, creating: true };
}

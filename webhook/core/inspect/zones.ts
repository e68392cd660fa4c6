import { type Problem, problem } from '../problems.ts';
import type { NodeSelectorRequirement, PodSpec } from '../statefulset.ts';
import type { Inspected } from './inspected.ts';

/** Node labels that hold a zone; the disk drivers report one of their own each. */
const ZONE_LABELS = [
  'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/zone',
  'topology.disk.csi.azure.com/zone',
  'topology.disk2.csi.azure.com/zone',
] as const;

/** Whether the pods of a set with claims may run in one zone only. */
export function inspectZones({ parts }: Inspected): Problem[] {
  if ((parts.claims ?? []).length === 0) return [];
  const { spec } = parts.template;
  const group = parts.marker?.placement?.group;
  const grouped = group === undefined ? [] : [problem('ZK211', { group })];
  const what = selectedZone(spec) ?? requiredZone(spec);
  return what === undefined ? grouped : [problem('ZK210', { what }), ...grouped];
}

function selectedZone({ nodeSelector }: PodSpec): string | undefined {
  const label = ZONE_LABELS.find((key) => nodeSelector?.[key] !== undefined);
  return label && `node label ${label}=${nodeSelector?.[label]}`;
}

/** The terms are alternatives: the pods are bound to one zone if each of them is, and all to the same. */
function requiredZone({ affinity }: PodSpec): string | undefined {
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const terms = required?.nodeSelectorTerms ?? [];
  const zones = terms.map(({ matchExpressions }) => (matchExpressions ?? []).find(namesOneZone));
  const [first] = zones;
  const zone = first?.values?.[0];
  const same = zones.every((one) => one?.values?.[0] === zone);
  return first !== undefined && same ? `node label ${first.key}=${zone}` : undefined;
}

function namesOneZone({ key, operator, values }: NodeSelectorRequirement): boolean {
  const zonal = ZONE_LABELS.some((label) => label === key);
  return zonal && operator === 'In' && new Set(values).size === 1;
}

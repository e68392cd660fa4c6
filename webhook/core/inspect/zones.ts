import { PPG_LABEL } from '../inject/placement.ts';
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

/** Whether the pods of a set with claims may run in one zone only, by whosever wish. */
export function inspectZones({ parts }: Inspected): Problem[] {
  if ((parts.claims ?? []).length === 0) return [];
  const { spec } = parts.template;
  const zone = boundTo(spec, ZONE_LABELS);
  const group = boundTo(spec, [PPG_LABEL]);
  return [
    ...(zone === undefined ? [] : [problem('ZK210', { what: `node label ${zone.join('=')}` })]),
    ...(group === undefined ? [] : [problem('ZK211', { group: group[1] })]),
  ];
}

type Label = readonly [key: string, value: string];

/** The one of these labels without which no pod runs. */
function boundTo(spec: PodSpec, labels: readonly string[]): Label | undefined {
  return selected(spec, labels) ?? required(spec, labels);
}

function selected({ nodeSelector }: PodSpec, labels: readonly string[]): Label | undefined {
  return Object.entries(nodeSelector ?? {}).find(([key]) => labels.includes(key));
}

/**
 * The terms are alternatives: the pods are bound if each of them is, and all to the same value. An empty one matches no
 * node.
 */
function required({ affinity }: PodSpec, labels: readonly string[]): Label | undefined {
  const wanted = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const terms = (wanted?.nodeSelectorTerms ?? []).filter(
    ({ matchExpressions, matchFields }) => matchExpressions?.length || matchFields?.length,
  );
  const bounds = terms.map(({ matchExpressions }) =>
    (matchExpressions ?? []).find((one) => namesOne(one, labels)),
  );
  const [first] = bounds;
  const value = first?.values?.[0];
  const same = bounds.every((one) => one?.values?.[0] === value);
  return first?.key !== undefined && value !== undefined && same ? [first.key, value] : undefined;
}

function namesOne({ key, operator, values }: NodeSelectorRequirement, labels: readonly string[]) {
  return (
    key !== undefined && labels.includes(key) && operator === 'In' && new Set(values).size === 1
  );
}

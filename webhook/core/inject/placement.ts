import { problem } from '../problems.ts';
import type { NodeSelectorRequirement, NodeSelectorTerm, PodSpec } from '../statefulset.ts';
import { type Injected, leftAlone, withList, without } from './injected.ts';

/** Label of AKS nodes whose pool lies in a proximity placement group. */
export const PPG_LABEL = 'kubernetes.azure.com/ppg';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';

/** What had to be made to hold the requirement, outermost first; `expression`: only the requirement itself. */
const LEVELS = ['affinity', 'nodeAffinity', 'required', 'expression'] as const;
export type Level = (typeof LEVELS)[number];

/** A required proximity placement group that was put in. */
export interface PlacementEntry {
  readonly group: string;
  readonly made: Level;
}

/**
 * Requires nodes of the group. The terms of a node affinity are alternatives, so the requirement joins each of them; an
 * empty term matches no node and is left so.
 */
export function injectPlacement(spec: PodSpec, group: string): Injected<PlacementEntry> {
  const terms = termsOf(spec);
  if (terms.some((term) => (term.matchExpressions ?? []).some(({ key }) => key === PPG_LABEL))) {
    return leftAlone(spec, [problem('ZK215', { key: PPG_LABEL })]);
  }
  const made = levelOf(spec);
  if (made === 'expression' && terms.every(isEmpty)) return leftAlone(spec);
  const requirement = requirementOf(group);
  const joined =
    made === 'expression'
      ? terms.map((term) => (isEmpty(term) ? term : join(term, requirement)))
      : [{ matchExpressions: [requirement] }];
  return {
    spec: withTerms(spec, joined),
    entry: { group, made },
    denials: [],
    warnings: [],
  };
}

/** Removes the requirement, and whatever was made only to hold it if nothing else has come to stand there. */
export function stripPlacement(spec: PodSpec, { group, made }: PlacementEntry): PodSpec {
  const terms = termsOf(spec);
  const bare = terms.map((term) => withoutGroup(term, group));
  if (bare.every((term, index) => term === terms[index])) return spec;
  // An empty term matches no node, so one that held nothing but the requirement goes with it.
  const kept = bare.filter(
    (term, index) => !isEmpty(term) || (made === 'expression' && term === terms[index]),
  );
  if (kept.length > 0) return withTerms(spec, kept);
  return unmake(spec, made === 'expression' ? 'required' : made);
}

function termsOf(spec: PodSpec): readonly NodeSelectorTerm[] {
  return spec.affinity?.nodeAffinity?.[REQUIRED]?.nodeSelectorTerms ?? [];
}

function levelOf({ affinity }: PodSpec): Level {
  if (affinity == null) return 'affinity';
  if (affinity.nodeAffinity == null) return 'nodeAffinity';
  return affinity.nodeAffinity[REQUIRED] == null ? 'required' : 'expression';
}

function withTerms(spec: PodSpec, nodeSelectorTerms: readonly NodeSelectorTerm[]): PodSpec {
  const nodeAffinity = spec.affinity?.nodeAffinity;
  const required = { ...nodeAffinity?.[REQUIRED], nodeSelectorTerms };
  return {
    ...spec,
    affinity: { ...spec.affinity, nodeAffinity: { ...nodeAffinity, [REQUIRED]: required } },
  };
}

function unmake(spec: PodSpec, made: Level): PodSpec {
  const nodeAffinity = without(spec.affinity?.nodeAffinity ?? {}, REQUIRED);
  const nodeAffinityGoes = made !== 'required' && Object.keys(nodeAffinity).length === 0;
  const affinity = nodeAffinityGoes
    ? without(spec.affinity ?? {}, 'nodeAffinity')
    : { ...spec.affinity, nodeAffinity };
  const affinityGoes = made === 'affinity' && Object.keys(affinity).length === 0;
  return affinityGoes ? without(spec, 'affinity') : { ...spec, affinity };
}

function requirementOf(group: string): NodeSelectorRequirement {
  return { key: PPG_LABEL, operator: 'In', values: [group] };
}

function join(term: NodeSelectorTerm, requirement: NodeSelectorRequirement): NodeSelectorTerm {
  return { ...term, matchExpressions: [...(term.matchExpressions ?? []), requirement] };
}

function withoutGroup(term: NodeSelectorTerm, group: string): NodeSelectorTerm {
  const all = term.matchExpressions ?? [];
  const kept = all.filter(
    ({ key, operator, values }) =>
      !(key === PPG_LABEL && operator === 'In' && values?.length === 1 && values[0] === group),
  );
  return kept.length === all.length ? term : withList(term, 'matchExpressions', kept);
}

function isEmpty({ matchExpressions, matchFields }: NodeSelectorTerm): boolean {
  return (matchExpressions ?? []).length === 0 && (matchFields ?? []).length === 0;
}

import type { Code } from '../catalogue.ts';
import type { Context } from '../context.ts';
import { inspect } from '../inspect.ts';
import { listed, type Problem, problem } from '../problems.ts';
import { readRequest } from '../request.ts';
import { type ClaimIndex, zonalDisks } from './disks.ts';
import type { ClusterFacts } from './facts.ts';
import { about, type CheckFinding } from './finding.ts';
import { identityFindings } from './identities.ts';
import { selects } from './selector.ts';
import type { SetState } from './set-state.ts';

/** What the webhook warns about, because it may be mended in time, and what stops a stored set. */
const ERRORS: ReadonlySet<Code> = new Set([
  'ZK202',
  'ZK204',
  'ZK205',
  'ZK206',
  'ZK208',
  'ZK209',
  'ZK217',
  'ZK223',
  'ZK235',
]);

/** What has no bearing on one set alone. */
const ELSEWHERE: ReadonlySet<Code> = new Set(['ZK222']);

/** Everything that is to be said of one set. */
export function setFindings(
  state: SetState,
  facts: ClusterFacts,
  index: ClaimIndex,
  context: Context,
): CheckFinding[] {
  const { namespace, name } = state;
  const ref = about({ kind: 'StatefulSet', namespace, name });
  const spared = isSpared(state, facts);
  const disks = zonalDisks(state, facts, index);
  const said = saidOf(state, context).filter(
    ({ code }) =>
      !ELSEWHERE.has(code) &&
      !(code === 'ZK217' && spared) &&
      !(code === 'ZK207' && disks.length > 0),
  );
  return [
    ...(spared ? [ref.error(problem('ZK735', { namespace }))] : []),
    ...unique(said).map((found) => ref.errorIf(isError(found, state), found)),
    ...disks.map(ref.warning),
    ...reapplyProblems(state).map((found) => ref.errorIf(found.code === 'ZK737', found)),
    ...identityFindings(state, facts),
  ];
}

function isError({ code }: Problem, { state }: SetState): boolean {
  // What would be refused was never injected, if it was stored past the webhook.
  return ERRORS.has(code) || (code === 'ZK219' && state === 'never-injected');
}

/** What the webhook says of the set as it is stored, and what it would have said of it when it was injected. */
function saidOf(
  { set, state, namespace, marker, asItIs, atNext }: SetState,
  context: Context,
): Problem[] {
  if (state === 'never-injected' || state === 'damaged') {
    return [...asItIs.warnings, ...atNext.warnings.filter(({ code }) => code !== 'ZK218')];
  }
  if (state !== 'injected') return [...asItIs.warnings];
  const { request } = readRequest(
    set.metadata.annotations ?? {},
    namespace,
    context,
    marker?.profile,
  );
  const { template, volumeClaimTemplates: claims } = set.spec;
  if (request === undefined) return [...asItIs.warnings];
  const seen = { namespace, request, context, parts: { template, claims, marker }, creating: true };
  return [...asItIs.warnings, ...inspect(set, seen)];
}

function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((one) => [`${one.code} ${one.found}`, one])).values()];
}

/** Whether no webhook is called for the set's namespace, although it asks for injection. */
function isSpared({ state, namespace }: SetState, { webhooks, namespaces }: ClusterFacts): boolean {
  const labels = namespaces?.get(namespace);
  if (state !== 'never-injected' || !webhooks?.length || labels === undefined) return false;
  return !webhooks.some(({ namespaceSelector }) => selects(namespaceSelector, labels));
}

function reapplyProblems({ reapply, reapplication, otherwise }: SetState): Problem[] {
  if (reapply === 'refused') {
    return (reapplication?.denials ?? []).map(({ code, found, expected, mend }) =>
      problem('ZK737', { code, found, expected, mend }),
    );
  }
  if (reapply !== 'restart') return [];
  const why =
    otherwise.length > 0
      ? `its annotations ask otherwise (${listed(otherwise, 4)})`
      : 'the stored template was changed since';
  return [problem('ZK736', { why })];
}

import { problem } from '../problems.ts';
import type { ClusterFacts } from './facts.ts';
import { about, type CheckFinding } from './finding.ts';
import type { SetState } from './set-state.ts';

/** Whether the ServiceAccount of a set that reads Key Vault by workload identity is there and says so. */
export function identityFindings(
  { set, marker, namespace }: SetState,
  { clientIdsOfClasses, clientIdsOfAccounts }: ClusterFacts,
): CheckFinding[] {
  if (clientIdsOfClasses === undefined || clientIdsOfAccounts === undefined) return [];
  const classes = (marker?.secrets ?? [])
    .map(({ class: name }) => name)
    .filter((name) => clientIdsOfClasses.has(`${namespace}/${name}`));
  if (classes.length === 0) return [];
  const account = accountOf(set.spec.template.spec);
  const { error, warning } = about({ kind: 'ServiceAccount', namespace, name: account });
  const annotated = clientIdsOfAccounts.get(`${namespace}/${account}`);
  if (annotated === undefined) return [error(problem('ZK739', { account, namespace }))];
  return classes
    .filter((name) => clientIdsOfClasses.get(`${namespace}/${name}`) !== annotated)
    .map((name) => {
      const found = annotated === '' ? 'no' : 'another';
      return warning(problem('ZK740', { account, found, class: name }));
    });
}

function accountOf(spec: object): string {
  const { serviceAccountName } = spec as { readonly serviceAccountName?: string };
  return serviceAccountName || 'default';
}

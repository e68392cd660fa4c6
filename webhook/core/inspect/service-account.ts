import { type Problem, problem } from '../problems.ts';
import type { Inspected } from './inspected.ts';

/**
 * A service account that is meant for another identity than the one that reads the vault. The driver itself needs no
 * annotation on it, so one that says nothing is sound.
 */
export function inspectServiceAccount({ namespace, context, parts }: Inspected): Problem[] {
  const { serviceAccounts } = context.view;
  const { client, identity } = parts.marker?.vault ?? {};
  if (client === undefined || identity !== 'workload-identity') return [];
  const account = parts.template.spec.serviceAccountName || 'default';
  const found = serviceAccounts?.get(`${namespace}/${account}`)?.client;
  const same = found === undefined || found.toLowerCase() === client.toLowerCase();
  return same ? [] : [problem('ZK233', { account, found, client })];
}

import { SECRETS_STORE_DRIVER } from '../../../sidecar/contract.ts';
import { type Problem, problem } from '../problems.ts';
import type { IdentityMode } from '../secrets/vault-source.ts';
import type { CsiDriverFacts } from '../view.ts';
import type { Inspected } from './inspected.ts';

/** Audience of the token by which the provider reads the vault; a node's identity needs none. */
const AUDIENCES: Readonly<Record<IdentityMode, string | undefined>> = {
  'workload-identity': 'api://AzureADTokenExchange',
  'identity-binding': 'api://AKSIdentityBinding',
  'vm-managed-identity': undefined,
};

/** Whether the driver of the secrets is there, is given the token it needs, and follows rotations. */
export function inspectCsiDriver({ context, parts }: Inspected): Problem[] {
  const { csiDrivers } = context.view;
  if (csiDrivers === undefined) return [];
  const facts = csiDrivers.get(SECRETS_STORE_DRIVER);
  if (facts === undefined) return [problem('ZK226', {})];
  return [
    ...inspectAudience(facts, parts.marker?.vault?.identity),
    // Since driver 1.6 rotation is nothing but the kubelet asking again.
    ...(facts.requiresRepublish ? [] : [problem('ZK228', {})]),
  ];
}

function inspectAudience(
  { audiences }: CsiDriverFacts,
  identity: IdentityMode | undefined,
): Problem[] {
  const audience = identity && AUDIENCES[identity];
  const given = audience === undefined || audiences.includes(audience);
  return given ? [] : [problem('ZK227', { audience })];
}

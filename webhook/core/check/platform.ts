import { SECRETS_STORE_DRIVER } from '../../../sidecar/contract.ts';
import { type Problem, problem } from '../problems.ts';
import type { ClusterFacts, CsiDriverFacts } from './facts.ts';
import { about, type CheckFinding, CLUSTER } from './finding.ts';

/** What opted-in sets need of the platform. */
export interface PlatformNeeds {
  /** Provisioners of the classes that profiles name, with the names of those profiles. */
  readonly provisioners: ReadonlyMap<string, string>;
  /** Provisioners without which some set, or the next one, does not work. */
  readonly essential: ReadonlySet<string>;
  /** Whether any set mounts secrets. */
  readonly secrets: boolean;
  /** Whether any of its SecretProviderClasses names a client id. */
  readonly workloadIdentity: boolean;
}

/** Audiences of workload identity and of AKS's identity bindings (secrets-store-csi-driver-provider-azure 1.8). */
const AUDIENCES = ['api://AzureADTokenExchange', 'api://AKSIdentityBinding'];

/** Whether the cluster has what the injected sets run on. */
export function platformFindings(facts: ClusterFacts, needs: PlatformNeeds): CheckFinding[] {
  const { drivers, view, secretProviderClassesServed } = facts;
  return [
    ...versionProblems(view.version).map(about(CLUSTER).error),
    ...(drivers === undefined ? [] : diskDrivers(drivers, needs)),
    ...(drivers === undefined ? [] : secretsDriver(drivers.get(SECRETS_STORE_DRIVER), needs)),
    ...(secretProviderClassesServed === false
      ? [about(CLUSTER).errorIf(needs.secrets, problem('ZK728', {}))]
      : []),
  ];
}

function versionProblems(version: ClusterFacts['view']['version']): Problem[] {
  if (version === undefined || version.major > 1 || version.minor >= 30) return [];
  return [problem('ZK222', { version: `${version.major}.${version.minor}` })];
}

function diskDrivers(
  drivers: ReadonlyMap<string, CsiDriverFacts>,
  { provisioners, essential }: PlatformNeeds,
): CheckFinding[] {
  return [...provisioners]
    .filter(([driver]) => !drivers.has(driver))
    .map(([driver, profiles]) => {
      const what = `the classes of profile ${profiles}`;
      const hint = 'install the driver, or name a class of another one in the profile';
      const object = { kind: 'CSIDriver', name: driver };
      return about(object).errorIf(essential.has(driver), problem('ZK725', { driver, what, hint }));
    });
}

function secretsDriver(
  found: CsiDriverFacts | undefined,
  { secrets, workloadIdentity }: PlatformNeeds,
): CheckFinding[] {
  const driver = SECRETS_STORE_DRIVER;
  const { warning, errorIf } = about({ kind: 'CSIDriver', name: driver });
  if (found === undefined) {
    const hint = 'enable the add-on azure-keyvault-secrets-provider, or install the driver';
    return [errorIf(secrets, problem('ZK725', { driver, what: 'Key Vault secrets', hint }))];
  }
  const audience = AUDIENCES[0] as string;
  return [
    ...(found.requiresRepublish ? [] : [warning(problem('ZK726', { driver }))]),
    ...(AUDIENCES.some((one) => found.audiences.includes(one))
      ? []
      : [errorIf(workloadIdentity, problem('ZK727', { driver, audience }))]),
  ];
}

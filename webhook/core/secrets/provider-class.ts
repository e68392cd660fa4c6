import { hash } from 'node:crypto';
import type { VaultObject } from './vault-object.ts';
import type { ClassSource, IdentityMode } from './vault-source.ts';

/** A SecretProviderClass as zonekeeper makes it; everything in it is a string. */
export interface SecretProviderClass {
  readonly apiVersion: 'secrets-store.csi.x-k8s.io/v1';
  readonly kind: 'SecretProviderClass';
  readonly metadata: {
    readonly name: string;
    /** Absent where the set names none, as in a file. */
    readonly namespace?: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly spec: ProviderClassSpec;
}

export interface ProviderClassSpec {
  readonly provider: 'azure';
  /** Of the Azure provider (secrets-store-csi-driver-provider-azure v1.8, pkg/provider/types). */
  readonly parameters: Readonly<Record<string, string>>;
}

/** By which the classes are found that zonekeeper made. */
export const MADE_LABELS: Readonly<Record<string, string>> = {
  'app.kubernetes.io/managed-by': 'zonekeeper',
};

/**
 * So much of a set's name stands in the class's. Pods of sets with longer names cannot be made (kubernetes/kubernetes#64023),
 * and the driver's `POD-NAMESPACE-CLASS` stays within 253 characters: 63 + 1 + 63 + 1 + 74.
 */
const LONGEST_SET = 52;

/** The parameters that mount those objects of the vault. */
export function providerSpec(
  source: ClassSource,
  objects: readonly VaultObject[],
): ProviderClassSpec {
  const { vault, tenant, identity, client, cloud } = source;
  return {
    provider: 'azure',
    parameters: {
      keyvaultName: vault,
      tenantID: tenant,
      ...IDENTITIES[identity](client),
      ...(cloud !== undefined && { cloudName: cloud }),
      objects: objectsParameter(objects),
    },
  };
}

/**
 * The name of a set's class with that content, `zonekeeper-SET-HASH`: another content makes another class, so that a
 * changed list reaches the pods by a rollout and an undone rollout finds the old one.
 */
export function classNameOf(set: string, spec: ProviderClassSpec): string {
  const plain = set
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SET);
  const parts = plain.split('-').filter((part) => part !== '');
  return ['zonekeeper', ...parts, hashOf(spec)].join('-');
}

/** Whether a class of that name has that content. */
export function bearsOut(name: string, spec: ProviderClassSpec): boolean {
  return name.endsWith(`-${hashOf(spec)}`);
}

export function providerClass(
  name: string,
  namespace: string | undefined,
  spec: ProviderClassSpec,
): SecretProviderClass {
  return {
    apiVersion: 'secrets-store.csi.x-k8s.io/v1',
    kind: 'SecretProviderClass',
    metadata: { name, ...(namespace !== undefined && { namespace }), labels: MADE_LABELS },
    spec,
  };
}

/** The node's managed identity goes without `clientID`: with it the provider would look for a token besides. */
const IDENTITIES: Readonly<
  Record<
    IdentityMode | 'service-principal',
    (client: string | undefined) => Readonly<Record<string, string>>
  >
> = {
  'workload-identity': (client = '') => ({ clientID: client }),
  'identity-binding': (client = '') => ({ clientID: client, useAzureTokenProxy: 'true' }),
  'vm-managed-identity': (client) => ({
    useVMManagedIdentity: 'true',
    ...(client !== undefined && { userAssignedIdentityID: client }),
  }),
  'service-principal': () => ({}),
};

/**
 * A string of YAML that lists strings of YAML, in the order of the files. The values are quoted: a secret may be called
 * `null` or `1e3`.
 */
function objectsParameter(objects: readonly VaultObject[]): string {
  const sorted = [...objects].sort((one, other) => (one.file < other.file ? -1 : 1));
  return `array:\n${sorted.map(objectItem).join('')}`;
}

function objectItem({ type, name, version, file, format }: VaultObject): string {
  const fields = {
    objectName: name,
    objectType: type,
    ...(version !== undefined && { objectVersion: version }),
    ...(file !== name && { objectAlias: file }),
    ...(format !== undefined && { objectFormat: format }),
  };
  const lines = Object.entries(fields).map(([key, value]) => `    ${key}: "${value}"\n`);
  return `  - |\n${lines.join('')}`;
}

function hashOf({ provider, parameters }: ProviderClassSpec): string {
  const content = JSON.stringify([provider, Object.entries(parameters).sort(byKey)]);
  return hash('sha256', content).slice(0, 10);
}

function byKey([one]: readonly [string, string], [other]: readonly [string, string]): number {
  return one < other ? -1 : 1;
}

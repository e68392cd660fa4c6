import type { SecretProviderClassFacts } from '../view.ts';
import { readMountedObjects } from './provider-object.ts';
import { CLOUD_NAMES, VAULT_NAME } from './vault-source.ts';

/** What is kept of a SecretProviderClass: what the Azure provider makes of it, or why it refuses it. */
export function providerFacts(
  provider: string,
  parameters: Readonly<Record<string, string>>,
): SecretProviderClassFacts {
  if (provider !== 'azure') return { provider };
  const text = (key: string) => (parameters[key] ?? '').trim();
  const vault = text('keyvaultName');
  const tenant = text('tenantID') || text('tenantId');
  const client = text('clientID') || text('userAssignedIdentityID');
  const objects = readMountedObjects(parameters.objects ?? '');
  const refused = parameterFault(text, vault, tenant) ?? objects.refused;
  return {
    provider,
    ...(vault !== '' && { vault }),
    ...(tenant !== '' && { tenant }),
    ...(client !== '' && { client }),
    ...reached(text),
    ...(objects.refused === undefined && { objects: objects.value }),
    ...(refused !== undefined && { refused }),
  };
}

/** How a pod would reach the vault that the class names. */
function reached(
  text: (key: string) => string,
): Pick<SecretProviderClassFacts, 'federated' | 'cloud'> {
  const federated = text('clientID') !== '' && !FLAGS.some((key) => TRUE.test(text(key)));
  const cloud = CLOUD_NAMES.find((name) => name.toLowerCase() === text('cloudName').toLowerCase());
  return { ...(federated && { federated }), ...(cloud !== undefined && { cloud }) };
}

const FLAGS = ['usePodIdentity', 'useVMManagedIdentity', 'useAzureTokenProxy'] as const;

/** As Go reads a boolean. */
const TRUE = /^(1|t|true)$/i;
const FALSE = /^(|0|f|false)$/i;

const CLOUDS = [
  '',
  'azurepubliccloud',
  'azureusgovernmentcloud',
  'azurechinacloud',
  'azuregermancloud',
  'azurestackcloud',
];

/** In the words of the provider (secrets-store-csi-driver-provider-azure v1.8, pkg/provider/provider.go, parameters.go). */
function parameterFault(
  text: (key: string) => string,
  vault: string,
  tenant: string,
): string | undefined {
  if (vault === '') return 'keyvaultName is not provided';
  if (!VAULT_NAME.test(vault)) return `invalid vault name "${vault}"`;
  if (tenant === '') return 'tenantID is not provided';
  if (text('objects') === '') return 'objects is not set';
  const unreadable = FLAGS.find((key) => !TRUE.test(text(key)) && !FALSE.test(text(key)));
  if (unreadable !== undefined) return `${unreadable} is neither true nor false`;
  if (FLAGS.filter((key) => TRUE.test(text(key))).length > 1)
    return 'only one identity mode can be enabled at a time';
  const cloud = text('cloudName');
  return CLOUDS.includes(cloud.toLowerCase()) ? undefined : `cloudName "${cloud}" is not valid`;
}

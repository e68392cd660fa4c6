import { MARKER } from '../../webhook/core/annotations.ts';
import { writeMarker } from '../../webhook/core/marker.ts';
import { classesOf } from '../../webhook/core/secrets/classes-of.ts';
import {
  classNameOf,
  providerSpec,
  type SecretProviderClass,
} from '../../webhook/core/secrets/provider-class.ts';
import { objectsOf } from '../../webhook/core/secrets/vault-objects.ts';
import type { VaultSource } from '../../webhook/core/secrets/vault-source.ts';

const SOURCE: VaultSource = {
  vault: 'contoso',
  tenant: '00000000-0000-0000-0000-000000000002',
  identity: 'workload-identity',
  client: '00000000-0000-0000-0000-000000000001',
};

/** The marker of a set of that name that asks for these objects of a vault. */
export function vaultMarker(set: string, secrets: string): Record<string, string> {
  const name = classNameOf(set, providerSpec(SOURCE, objectsOf(secrets)));
  const marker = writeMarker({
    v: 1,
    by: '0.0.0',
    request: { inject: 'true', secrets },
    vault: { ...SOURCE, class: name },
    secrets: [{ volume: 'zonekeeper-secrets', class: name, path: '/mnt/secrets-store' }],
  });
  return { [MARKER]: marker };
}

/** The class that such a set asks for. */
export function vaultClass(set: string, secrets: string, namespace = 'shop'): SecretProviderClass {
  const annotations = vaultMarker(set, secrets);
  const metadata = { name: set, namespace, annotations };
  const [wanted] = classesOf({ metadata, spec: { template: { spec: {} } } });
  if (!wanted) throw new Error('the marker asks for no class');
  return wanted;
}

import type { AnnotationReader } from '../annotation-reader.ts';
import type { Profile } from '../configuration.ts';
import type { FlexPlan } from '../inject/flexvolume.ts';
import { GUID } from '../secrets/vault-source.ts';

/** What a set asks for its FlexVolumes. */
export type FlexWish = Pick<FlexPlan, 'mode' | 'client' | 'bounds'>;

/** Reads the annotation `flexvolume`; `undefined` where FlexVolumes are to stay. */
export function readFlexWish(
  reader: AnnotationReader,
  profile: string,
  settings: Profile | undefined,
): FlexWish | undefined {
  const mode = reader.one('flexvolume', /^(auto|convert|keep)$/, 'auto, convert or keep') ?? 'auto';
  if (mode === 'keep') return undefined;
  // What is wrong with it is told where the vault is read.
  const client = reader.text('client-id')?.trim();
  const { keyVaults, tenantIds } = settings?.allowed ?? {};
  return {
    mode: mode === 'convert' ? 'convert' : 'auto',
    client: client !== undefined && GUID.test(client) ? client : undefined,
    bounds: { profile, ...(keyVaults && { keyVaults }), ...(tenantIds && { tenantIds }) },
  };
}

import fc from 'fast-check';
import type { Configuration } from '../../../webhook/core/configuration.ts';
import type { Context } from '../../../webhook/core/context.ts';
import { CLOUD_NAMES, IDENTITY_MODES } from '../../../webhook/core/secrets/vault-source.ts';
import type { ClusterView } from '../../../webhook/core/view.ts';
import { SOUND_VIEW } from '../cluster-view.ts';
import { contextWith, profiles } from '../context.ts';
import { NAMES } from './annotations.ts';

const keyVault = fc.record(
  {
    name: fc.constantFrom(...NAMES.vault),
    tenantId: fc.constantFrom(...NAMES.guid),
    clientId: fc.constantFrom(...NAMES.guid),
    identity: fc.constantFrom(...IDENTITY_MODES),
    cloudName: fc.constantFrom(...CLOUD_NAMES),
  },
  { requiredKeys: ['name', 'tenantId', 'clientId'] },
);

const profile = fc.record(
  {
    storageClassName: fc.constantFrom(...NAMES.class, 'none'),
    schedulerName: fc.constantFrom(...NAMES.scheduler, 'none'),
    keyVault,
    sidecar: fc.constantFrom(
      {},
      { image: 'contoso.azurecr.io/sidecar:2', requests: { cpu: '100m', memory: '100Mi' } },
    ),
    verify: fc.boolean(),
  },
  { requiredKeys: ['keyVault'] },
);

/** A configuration with every profile that annotations name, and no bounds. */
export const anyConfiguration: fc.Arbitrary<Configuration> = fc
  .record({ default: profile, silver: profile, gold: profile })
  .map(profiles);

/** A configuration that may lack profiles and may bound what annotations name. */
export const strictConfiguration: fc.Arbitrary<Configuration> = fc
  .record(
    {
      default: fc.record({
        allowed: fc.record({
          storageClasses: fc.subarray([...NAMES.class]),
          schedulerNames: fc.subarray([...NAMES.scheduler]),
          secretProviderClasses: fc.subarray([...NAMES.secretClass]),
          proximityPlacementGroups: fc.subarray([...NAMES.group]),
          keyVaults: fc.subarray([...NAMES.vault]),
          tenantIds: fc.subarray([...NAMES.guid]),
          clientIds: fc.subarray([...NAMES.guid]),
          mountPaths: fc.subarray(['/mnt', '/etc/secrets', '/a']),
        }),
      }),
      silver: profile,
      gold: profile,
    },
    { requiredKeys: ['default'] },
  )
  .map((given) => profiles(given as Record<string, object>));

/** Views of a cluster that can do everything, in which little else or all is known. */
const views = fc.constantFrom<ClusterView>({ version: { major: 1, minor: 36 } }, SOUND_VIEW);

/** The same, and views of a cluster that is too old for some annotations, or of which nothing is known yet. */
export const anyView = fc.oneof(
  views,
  fc.constantFrom<ClusterView>({}, { version: { major: 1, minor: 33 } }),
);

/** A context of such a configuration. */
export function contexts(configuration = anyConfiguration, view = views): fc.Arbitrary<Context> {
  return fc
    .record({ configuration, view })
    .map(({ configuration, view }) => contextWith({ configuration, view }));
}

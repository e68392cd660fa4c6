import { z } from 'zod';
import { allows, includes } from './allowed.ts';
import { type Problem, problem } from './problems.ts';
import { vaultBounds, vaultSettings } from './secrets/vault-settings.ts';
import { imageName, sidecarSettings } from './sidecar-settings.ts';
import { DNS_SUBDOMAIN, LABEL_VALUE, parseMountPath, SCHEDULER_NAME } from './values.ts';

const name = (pattern: RegExp, what: string) =>
  z
    .string()
    .max(253)
    .regex(pattern, { error: `expected ${what}` });
const className = name(DNS_SUBDOMAIN, 'the name of an object: lower case letters, digits, - and .');
const schedulerName = name(SCHEDULER_NAME, 'the name of a scheduler: letters, digits, -, _ and .');
const ppgName = name(LABEL_VALUE, 'a proximity placement group as a label value');
const mountPath = z.string().refine((path) => parseMountPath(path) === path, {
  error: 'expected an absolute path without a slash at its end, :, and ..',
});

const allowed = z
  .strictObject({
    storageClasses: z
      .array(className)
      .meta({ description: 'Classes that the annotation `storage-class` may name.' }),
    schedulerNames: z
      .array(schedulerName)
      .meta({ description: 'Schedulers that the annotation `scheduler-name` may name.' }),
    secretProviderClasses: z
      .array(className)
      .meta({ description: 'Classes that the annotation `secret-provider-class` may name.' }),
    ...vaultBounds,
    mountPaths: z.array(mountPath).meta({
      description: 'Paths that the annotation `mount-path` may name, themselves or below them.',
    }),
    proximityPlacementGroups: z.array(ppgName).meta({
      description: 'Groups that the annotation `proximity-placement-group` may name.',
    }),
  })
  .partial();

const profile = z.strictObject({
  storageClassName: className
    .default('none')
    .meta({ description: 'Class for claim templates that choose none themselves, or `none`.' }),
  schedulerName: schedulerName.default('none').meta({
    description: 'Scheduler for templates that keep the default one, or `none`.',
  }),
  schedulerLease: z.strictObject({ namespace: className, name: className }).optional().meta({
    description:
      'Lease that `schedulerName` renews while it is alive; default: kube-system and the scheduler’s own name.',
  }),
  keyVault: vaultSettings.meta({
    description: 'Where the objects come from that the annotation `secrets` lists.',
  }),
  sidecar: sidecarSettings.prefault({}).meta({
    description: 'The container that makes variables of mounted secrets.',
  }),
  verify: z.boolean().default(false).meta({
    description: 'Whether sidecars compare what is mounted with Key Vault.',
  }),
  allowed: allowed.default({}).meta({
    description: 'What annotations may name; a list that is absent bounds nothing.',
  }),
});

/** Shape of the configuration file; the chart's values schema and the documentation are made from it. */
export const configurationSchema = z.strictObject({
  sidecarImage: imageName.optional().meta({
    description:
      'Image of the sidecar for profiles that name none; default: `zonekeeper/sidecar` with the version of the webhook as its tag, of no registry.',
  }),
  profiles: z.record(className, profile).meta({
    description: 'Named sets of defaults; a set that names no profile gets `default`.',
  }),
});

export type Configuration = z.output<typeof configurationSchema>;
export type Profile = Configuration['profiles'][string];

/** What is used where no file is given, and what the chart ships. */
export const SHIPPED_CONFIGURATION: Configuration = configurationSchema.parse({
  profiles: {
    default: { storageClassName: 'zonekeeper-zrs' },
    'azuredisk-v2': {
      storageClassName: 'azuredisk-standard-ssd-zrs-replicas',
      schedulerName: 'csi-azuredisk-scheduler-extender',
      schedulerLease: { namespace: 'kube-system', name: 'csi-azuredisk-scheduler-extender' },
    },
  },
});

export type ParsedConfiguration =
  | { readonly configuration: Configuration; readonly problems?: undefined }
  | { readonly problems: readonly Problem[] };

/** Validates a parsed configuration file. Reports every problem, each with the path of the value; never throws. */
export function parseConfiguration(value: unknown): ParsedConfiguration {
  const parsed = configurationSchema.safeParse(value ?? {});
  if (!parsed.success) {
    return {
      problems: parsed.error.issues.map((issue) =>
        problem('ZK301', { path: issue.path.join('.') || '(root)', detail: issue.message }),
      ),
    };
  }
  const problems = Object.entries(parsed.data.profiles).flatMap(([key, value]) =>
    ownBounds(key, value),
  );
  if (parsed.data.profiles.default === undefined) problems.push(problem('ZK302', {}));
  return problems.length > 0 ? { problems } : { configuration: parsed.data };
}

/** A profile whose own default lies outside its bounds would deny every set that uses it. */
function ownBounds(profile: string, settings: Profile): Problem[] {
  const { storageClassName, schedulerName, keyVault, allowed } = settings;
  const own = [
    ['storageClassName', storageClassName, allowed.storageClasses, includes],
    ['schedulerName', schedulerName, allowed.schedulerNames, includes],
    ['keyVault.name', keyVault.name, allowed.keyVaults, allows],
    ['keyVault.tenantId', keyVault.tenantId, allowed.tenantIds, allows],
    ['keyVault.clientId', keyVault.clientId, allowed.clientIds, allows],
  ] as const;
  return own.flatMap(([field, value, list, isAllowed]) =>
    value === undefined || value === 'none' || isAllowed(list, value)
      ? []
      : [problem('ZK303', { profile, field, value })],
  );
}

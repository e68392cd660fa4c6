import { AnnotationReader, type Annotations, type Wish } from './annotation-reader.ts';
import { ANNOTATIONS, DEFAULT_PROFILE, PREFIX } from './annotations.ts';
import { outOfBounds } from './bounds.ts';
import type { Profile } from './configuration.ts';
import type { Context } from './context.ts';
import { mountedClasses } from './environment/mounted-classes.ts';
import type { DeliveryPlan } from './environment/plan.ts';
import { resolveDelivery } from './environment/resolve.ts';
import { readSidecarWishes } from './environment/wishes.ts';
import { type FlexWish, readFlexWish } from './flexvolume/wish.ts';
import { listed, type Problem, problem } from './problems.ts';
import { readIdleKeys, readOtherKeys } from './request-keys.ts';
import { readVault, type VaultRequest } from './secrets/vault-request.ts';
import { DNS_SUBDOMAIN, LABEL_VALUE, SCHEDULER_NAME } from './values.ts';

/** What a set asks for, read from its annotations over its profile. */
export interface InjectionRequest {
  readonly profile: Wish<string>;
  /** `undefined`: none is wanted. */
  readonly storageClassName: Wish<string | undefined>;
  /** `undefined`: none is wanted. */
  readonly schedulerName: Wish<string | undefined>;
  /** Lease by which `schedulerName` shows that it runs, as `namespace/name`; `undefined` where the profile names none. */
  readonly schedulerLease: string | undefined;
  /** `undefined`: no object of a vault is wanted. */
  readonly vault: VaultRequest | undefined;
  readonly secretProviderClasses: readonly string[];
  readonly mountPath: Wish<string>;
  /** `undefined`: all of them. */
  readonly containers: readonly string[] | undefined;
  /** `undefined`: FlexVolumes stay as they are. */
  readonly flexVolumes: FlexWish | undefined;
  /** Sidecar and variables; `undefined`: none are wanted, or there is nothing to make them of. */
  readonly delivery: DeliveryPlan | undefined;
  readonly proximityPlacementGroup: string | undefined;
  /** Seconds. */
  readonly fastFailover: number | undefined;
}

/** What the annotations ask for, before it is known what it comes to. */
export type Wishes = Omit<InjectionRequest, 'delivery'>;

/** `request` stands if `denials` is empty. */
export interface ReadRequest {
  readonly request: InjectionRequest | undefined;
  readonly denials: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Keys without prefix by the whole annotation. */
const REQUEST_KEYS: ReadonlyMap<string, string> = new Map(
  ANNOTATIONS.filter(({ key }) => key !== 'injected').map(({ key }) => [PREFIX + key, key]),
);

/** The annotations that make the request: those of the contract, without prefix and marker, sorted by key. */
export function requestOf(annotations: Annotations): Readonly<Record<string, string>> {
  const asked: Record<string, string> = {};
  const found = Object.keys(annotations).filter((full) => REQUEST_KEYS.has(full));
  for (const full of found.sort()) {
    const [key, value] = [REQUEST_KEYS.get(full), annotations[full]];
    if (key !== undefined && value !== undefined) asked[key] = value;
  }
  return asked;
}

/** Whether the set is opted in; a problem where the switch cannot be read. */
export function readSwitch(annotations: Annotations): boolean | Problem {
  const value = annotations[`${PREFIX}inject`];
  if (value === 'true') return true;
  return value === undefined || value === 'false' ? false : problem('ZK101', { value });
}

/** A warning where annotations stand there without the switch that gives them their meaning. */
export function missingSwitch(annotations: Annotations): Problem[] {
  const asked = requestOf(annotations);
  const missing = asked.inject === undefined && Object.keys(asked).length > 0;
  return missing ? [problem('ZK221', {})] : [];
}

/**
 * Reads everything that an opted-in set asks for and reports all that is wrong with it, never the first problem only.
 * `profile` is used where the annotations name none.
 */
export function readRequest(
  annotations: Annotations,
  namespace: string,
  context: Context,
  profile?: string,
): ReadRequest {
  const asked = requestOf(annotations);
  const reader = new AnnotationReader(asked);
  const profileName = reader.word('profile', profile ?? context.defaultProfile ?? DEFAULT_PROFILE);
  const { profiles } = context.configuration;
  const settings = Object.hasOwn(profiles, profileName.value)
    ? profiles[profileName.value]
    : undefined;
  const warnings = [...readOtherKeys(annotations), ...readIdleKeys(asked)];
  const denials: Problem[] = [];
  if (settings === undefined) {
    const known = listed(Object.keys(profiles));
    denials.push(problem('ZK102', { value: profileName.value, known }));
  }
  const request = readWishes(reader, profileName, settings);
  const wishes = readSidecarWishes(reader, settings);
  denials.push(...reader.problems, ...outOfBounds(request, settings));
  if (settings === undefined || reader.problems.length > 0) {
    return { request: undefined, denials, warnings };
  }
  const classes = mountedClasses(request, namespace, context.view);
  const resolved = resolveDelivery(wishes, classes, settings, context);
  denials.push(...resolved.denials);
  const { plan: delivery } = resolved;
  return {
    request: denials.length === 0 ? { ...request, delivery } : undefined,
    denials,
    warnings,
  };
}

/** `settings` is `undefined` where the profile is unknown; that is a problem already. */
function readWishes(
  reader: AnnotationReader,
  profile: Wish<string>,
  settings: Profile | undefined,
): Wishes {
  const schedulerName = reader.nameOrNone(
    'scheduler-name',
    SCHEDULER_NAME,
    'a scheduler’s name',
    settings?.schedulerName,
  );
  const lease =
    schedulerName.value === settings?.schedulerName ? settings?.schedulerLease : undefined;
  return {
    profile,
    storageClassName: reader.nameOrNone(
      'storage-class',
      DNS_SUBDOMAIN,
      'the name of a StorageClass',
      settings?.storageClassName,
    ),
    schedulerName,
    schedulerLease: lease && `${lease.namespace}/${lease.name}`,
    vault: readVault(reader, profile.value, settings),
    flexVolumes: readFlexWish(reader, profile.value, settings),
    secretProviderClasses:
      reader.list('secret-provider-class', DNS_SUBDOMAIN, 'names of SecretProviderClasses') ?? [],
    mountPath: reader.mountPath(),
    containers: reader.list('containers', DNS_SUBDOMAIN, 'names of containers'),
    proximityPlacementGroup: reader.one(
      'proximity-placement-group',
      LABEL_VALUE,
      'a label value of at most 63 characters',
    ),
    fastFailover: reader.duration(),
  };
}

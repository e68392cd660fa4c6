import { z } from 'zod';
import { VARIABLE_NAME } from '../../sidecar/contract.ts';
import { FAST_FAILOVER_SECONDS, MARKER } from './annotations.ts';
import { FLEX_DRIVER, type FlexEntry } from './flexvolume/converted.ts';
import type { EnvironmentEntry } from './inject/environment.ts';
import { FAILOVER_KEYS, type FailoverEntry } from './inject/failover.ts';
import type { PlacementEntry } from './inject/placement.ts';
import { DEFAULT_SCHEDULER, type SchedulerEntry } from './inject/scheduler.ts';
import { SECRETS_VOLUME_NAME, type SecretsEntry } from './inject/secrets.ts';
import type { SidecarEntry } from './inject/sidecar.ts';
import type { ClaimEntries } from './inject/storage.ts';
import { GUID, type VaultEntry, vaultEntrySchema } from './secrets/vault-source.ts';
import type { StatefulSet } from './statefulset.ts';
import { DNS_SUBDOMAIN, LABEL_VALUE, parseMountPath, SCHEDULER_NAME } from './values.ts';

/** What was put into a template. */
export interface TemplateRecord {
  readonly scheduler?: SchedulerEntry;
  readonly secrets?: readonly SecretsEntry[];
  /** Containers that got secrets and variables; absent: all of them. */
  readonly containers?: readonly string[];
  readonly sidecar?: SidecarEntry;
  /** How these containers find their variables; absent: they get none. */
  readonly environment?: EnvironmentEntry;
  readonly placement?: PlacementEntry;
  readonly failover?: FailoverEntry;
  /** What the SecretProviderClass among `secrets` was made of that zonekeeper made; the rest of it is the request's `secrets`. */
  readonly vault?: VaultEntry;
  /** FlexVolumes that were made CSI volumes. */
  readonly flexVolumes?: readonly FlexEntry[];
}

/** The annotation `injected`: what was put into a set, and for which request. */
export interface Marker extends TemplateRecord {
  readonly v: 1;
  /** Version of zonekeeper that put it in; absent after an opt-out, as are profile and request. */
  readonly by?: string;
  /** Whether the command line put it in. Such a manifest is the truth: what it says stays, whatever the webhook would do. */
  readonly offline?: true;
  readonly profile?: string;
  /** The user's own annotations without prefix. */
  readonly request?: Readonly<Record<string, string>>;
  /** Classes by claim template. They outlive an opt-out: a stored claim template keeps its class. */
  readonly claims?: ClaimEntries;
}

const className = z.string().max(253).regex(DNS_SUBDOMAIN);
const schedulerName = z.string().max(253).regex(SCHEDULER_NAME);
const volumeName = z.string().max(63).regex(SECRETS_VOLUME_NAME);
const variable = z.string().max(253).regex(VARIABLE_NAME);
const mountPath = z.string().refine((path) => parseMountPath(path) === path);

const flexVolume = z.looseObject({
  driver: z.literal(FLEX_DRIVER),
  fsType: z.string().nullish(),
  readOnly: z.boolean().nullish(),
  secretRef: z.looseObject({ name: z.string().nullish() }).nullish(),
  options: z.record(z.string(), z.string()).nullish(),
});
const flexEntry = z.looseObject({
  volume: z.string().max(63),
  class: className,
  // As its author wrote it, the order of its keys included.
  was: z.custom((value) => flexVolume.safeParse(value).success),
  client: z.string().regex(GUID).optional(),
});

/**
 * Of the fields that this version knows nothing is believed that zonekeeper could not have written. Others are of a newer
 * version, and they are carried along: two versions serve side by side while the webhook is upgraded or taken back.
 */
const markerSchema = z.looseObject({
  v: z.literal(1),
  by: z.string().max(64).optional(),
  offline: z.literal(true).optional(),
  profile: z.string().max(253).optional(),
  request: z.record(z.string(), z.string()).optional(),
  claims: z.record(z.string(), className).optional(),
  scheduler: z
    .strictObject({ name: schedulerName, was: z.literal(DEFAULT_SCHEDULER).optional() })
    .optional(),
  secrets: z
    .array(z.looseObject({ volume: volumeName, class: className, path: mountPath }))
    .min(1)
    .optional(),
  containers: z.array(z.string()).min(1).optional(),
  placement: z
    .strictObject({
      group: z.string().regex(LABEL_VALUE),
      made: z.enum(['affinity', 'nodeAffinity', 'required', 'expression']),
    })
    .optional(),
  failover: z
    .strictObject({
      seconds: z.int().min(FAST_FAILOVER_SECONDS.least).max(FAST_FAILOVER_SECONDS.most),
      keys: z.array(z.enum(FAILOVER_KEYS)).min(1),
    })
    .optional(),
  vault: vaultEntrySchema.optional(),
  sidecar: z
    .looseObject({
      of: z
        .string()
        .regex(/^[0-9a-f]{8}$/)
        .optional(),
      token: z.literal(true).optional(),
    })
    .optional(),
  environment: z
    .discriminatedUnion('delivery', [
      z.looseObject({ delivery: z.literal('file') }),
      z.looseObject({ delivery: z.literal('kubernetes'), variables: z.array(variable).min(1) }),
    ])
    .optional(),
  flexVolumes: z.array(flexEntry).min(1).optional(),
});

/** The marker of a set; `undefined` if it has none, `'broken'` if zonekeeper did not write it so. */
export function readMarker(statefulSet: StatefulSet): Marker | 'broken' | undefined {
  const text = markerText(statefulSet);
  if (text === undefined) return undefined;
  try {
    // The schema leaves out what is absent, so its "or undefined" never shows.
    return markerSchema.parse(JSON.parse(text)) as Marker;
  } catch {
    return 'broken';
  }
}

export function markerText({ metadata }: StatefulSet): string | undefined {
  return metadata.annotations?.[MARKER];
}

/**
 * The annotation's value, the same for the same marker. A newer version writes its own fields behind these, so that what it
 * wrote and what is made of it here are the same text.
 */
export function writeMarker(marker: Marker): string {
  const { v, by, offline, profile, request, claims } = marker;
  const { scheduler, secrets, containers, placement, failover } = marker;
  const { vault, sidecar, environment, flexVolumes } = marker;
  return JSON.stringify({
    v,
    by,
    offline,
    profile,
    request,
    claims: claims !== undefined && Object.keys(claims).length > 0 ? claims : undefined,
    scheduler,
    secrets,
    containers,
    placement,
    failover,
    vault,
    sidecar,
    environment,
    flexVolumes,
    ...unknownFields(marker),
  });
}

const KNOWN: ReadonlySet<string> = new Set(Object.keys(markerSchema.shape));

/** Fields of a newer version. */
export function unknownFields(marker: Marker | undefined): Readonly<Record<string, unknown>> {
  const unknown = Object.entries(marker ?? {}).filter(([key]) => !KNOWN.has(key));
  return Object.fromEntries(unknown);
}

/** What an opt-out leaves of a marker: the classes of the claim templates, which stay; `undefined` if there is nothing. */
export function memoryOf(claims: ClaimEntries, marker: Marker | undefined): Marker | undefined {
  const unknown = unknownFields(marker);
  const remembered = Object.keys(claims).length > 0 || Object.keys(unknown).length > 0;
  return remembered ? { v: 1, claims, ...unknown } : undefined;
}

/** What the marker says of the template alone. */
export function recordOf(marker: Marker | undefined): TemplateRecord {
  const { scheduler, secrets, containers, placement, failover } = marker ?? {};
  const { vault, sidecar, environment, flexVolumes } = marker ?? {};
  return {
    ...(scheduler && { scheduler }),
    ...(secrets && { secrets }),
    ...(containers && { containers }),
    ...(sidecar && { sidecar }),
    ...(environment && { environment }),
    ...(placement && { placement }),
    ...(failover && { failover }),
    ...(vault && { vault }),
    ...(flexVolumes && { flexVolumes }),
  };
}

import { SECRETS_STORE_DRIVER } from '../../../sidecar/contract.ts';
import { allows } from '../allowed.ts';
import { equal } from '../equal.ts';
import { FLEX_DRIVER, type FlexEntry, flexClassName, flexSpec } from '../flexvolume/converted.ts';
import { readFlexObjects } from '../flexvolume/options.ts';
import { flexSource } from '../flexvolume/source.ts';
import { listed, type Problem, problem } from '../problems.ts';
import type { CsiVolume, FlexVolume, ObjectMeta, PodSpec, Volume } from '../statefulset.ts';
import { type Injected, leftAlone, without } from './injected.ts';

/** How the FlexVolumes of a template are dealt with. */
export interface FlexPlan {
  /** `auto`: only those whose files stay the same. */
  readonly mode: 'auto' | 'convert';
  /** Of the annotation `client-id`: stands in for a pod identity. */
  readonly client: string | undefined;
  /** Of the set. */
  readonly metadata: ObjectMeta;
  readonly bounds: FlexBounds | undefined;
  /** Those that were made before. They are made again, whatever the bounds and the mode say today. */
  readonly accepted: readonly FlexEntry[];
}

/** What a profile allows. */
export interface FlexBounds {
  readonly profile: string;
  readonly keyVaults?: readonly string[];
  readonly tenantIds?: readonly string[];
}

/** Makes each FlexVolume of Key Vault a CSI volume of the same name; its mounts stay as they are. */
export function injectFlexVolumes(spec: PodSpec, plan: FlexPlan): Injected<readonly FlexEntry[]> {
  const all = spec.volumes ?? [];
  if (!all.some(isFlex)) return leftAlone(spec);
  const converted = all.map((volume) =>
    isFlex(volume) ? convert(volume.name, volume.flexVolume, plan) : undefined,
  );
  const denials = converted.flatMap((one) => one?.denials ?? []);
  const entries = converted.flatMap((one) => one?.entry ?? []);
  const warnings = converted.flatMap((one) => one?.warnings ?? []);
  if (denials.length > 0) return { spec, entry: undefined, denials, warnings };
  const volumes = all.map((volume, index) => {
    const entry = converted[index]?.entry;
    return entry ? { ...without(volume, 'flexVolume'), csi: csiOf(entry) } : volume;
  });
  return { spec: { ...spec, volumes }, entry: entries, denials: [], warnings };
}

/**
 * Puts back what stood there. A manifest that is applied over it may have put its own back already, beside ours: then only
 * ours goes.
 */
export function stripFlexVolumes(spec: PodSpec, entries: readonly FlexEntry[]): PodSpec {
  const all = spec.volumes ?? [];
  const bare = all.map((volume): Volume => {
    const entry = entries.find((one) => one.volume === volume.name);
    if (entry === undefined || !equal(volume.csi, csiOf(entry))) return volume;
    return { ...without(volume, 'csi'), flexVolume: volume.flexVolume ?? entry.was };
  });
  return bare.every((volume, index) => volume === all[index]) ? spec : { ...spec, volumes: bare };
}

interface Converted {
  readonly entry?: FlexEntry;
  readonly denials: readonly Problem[];
  readonly warnings: readonly Problem[];
}

function convert(volume: string, was: FlexVolume, plan: FlexPlan): Converted {
  const client = was.options?.usepodidentity === 'true' ? plan.client : undefined;
  const accepted = plan.accepted.find(
    (one) => one.volume === volume && one.client === client && equal(one.was, was),
  );
  if (accepted !== undefined) return { entry: accepted, denials: [], warnings: [] };
  const { objects, faults, ignored } = readFlexObjects(was.options ?? {});
  const source = flexSource(was, plan.client);
  const denials = [
    ...[...faults, ...(source.faults ?? [])].map((fault) => problem('ZK145', { volume, ...fault })),
    ...objects
      .filter(({ type }) => plan.mode === 'auto' && (type === 'cert' || type === 'key'))
      .map(({ type, name }) => problem('ZK146', { volume, type, name })),
    ...refusal(volume, source.faults && source.refused),
    ...(source.faults ? [] : outOfBounds(volume, source.source, plan.bounds)),
  ];
  const spec = flexSpec(was, plan.client);
  if (denials.length > 0 || spec === undefined) return { denials, warnings: [] };
  return {
    entry: {
      volume,
      class: flexClassName(plan.metadata, volume, spec),
      was,
      ...(client !== undefined && { client }),
    },
    denials: [],
    warnings: ignored.map((option) => problem('ZK250', { volume, option })),
  };
}

function refusal(volume: string, refused: 'pod-identity' | 'nobody' | undefined): Problem[] {
  if (refused === undefined) return [];
  return [problem(refused === 'nobody' ? 'ZK148' : 'ZK147', { volume })];
}

function outOfBounds(
  volume: string,
  source: { readonly vault: string; readonly tenant: string },
  bounds: FlexBounds | undefined,
): Problem[] {
  if (bounds === undefined) return [];
  const { profile, keyVaults, tenantIds } = bounds;
  const fields = [
    ['keyvaultname', source.vault, keyVaults],
    ['tenantid', source.tenant, tenantIds],
  ] as const;
  return fields
    .filter(([, value, list]) => !allows(list, value))
    .map(([option, value, list]) => {
      const allowed = listed(list ?? []);
      return problem('ZK149', { volume, option, value, profile, allowed });
    });
}

function isFlex(volume: Volume): volume is Volume & { readonly flexVolume: FlexVolume } {
  return volume.flexVolume?.driver === FLEX_DRIVER && volume.csi == null;
}

/** The Secret of a service principal has the keys that the CSI driver looks for. */
function csiOf({ class: secretProviderClass, was }: FlexEntry): CsiVolume {
  const name = was.options?.usepodidentity === 'true' ? undefined : was.secretRef?.name;
  const managed = was.options?.usevmmanagedidentity === 'true';
  return {
    driver: SECRETS_STORE_DRIVER,
    readOnly: true,
    volumeAttributes: { secretProviderClass },
    ...(name && !managed && { nodePublishSecretRef: { name } }),
  };
}

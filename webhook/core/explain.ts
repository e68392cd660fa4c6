import type { Origin } from './annotation-reader.ts';
import type { Context } from './context.ts';
import { mutateCreate } from './create.ts';
import { chosenScheduler } from './inject/scheduler.ts';
import { claimName, classOf, entryOf } from './inject/storage.ts';
import { type Marker, readMarker } from './marker.ts';
import type { InjectionName } from './mutation.ts';
import type { Problem } from './problems.ts';
import { type InjectionRequest, readRequest, readSwitch } from './request.ts';
import { objectText } from './secrets/vault-object.ts';
import type { VaultEntry } from './secrets/vault-source.ts';
import type { ClaimTemplate, StatefulSet } from './statefulset.ts';

/** One thing that may be put into a set: what is asked for, by whom, and what becomes of it. */
export interface ExplainedItem {
  readonly injection: InjectionName;
  /** Where it would go. */
  readonly target: string;
  /** Absent: nobody asks for anything. */
  readonly wanted?: string;
  readonly origin?: Origin;
  readonly action: 'inject' | 'none';
  readonly why: string;
}

export interface Explanation {
  /** Whether the set is opted in and would be accepted. */
  readonly inject: boolean;
  readonly profile?: { readonly value: string; readonly origin: Origin };
  readonly items: readonly ExplainedItem[];
  readonly denials: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** What would become of a set that is created as it stands, and why. */
export function explain(object: StatefulSet, namespace: string, context: Context): Explanation {
  const { denials, warnings, object: result } = mutateCreate(object, namespace, context);
  const annotations = object.metadata.annotations ?? {};
  const optedIn = readSwitch(annotations) === true;
  const { request } = readRequest(annotations, namespace, context);
  if (!optedIn || request === undefined || denials.length > 0) {
    return { inject: false, items: [], denials, warnings };
  }
  const marker = readMarker(result);
  const put = marker === 'broken' || marker === undefined ? { v: 1 as const } : marker;
  const items = [
    ...(object.spec.volumeClaimTemplates ?? []).map((claim) => explainClaim(claim, request, put)),
    explainScheduler(object, request, put),
    ...explainSecrets(request, put),
    ...explainDelivery(request, put),
    ...explainFlexVolumes(put),
    ...explainPlacement(request, put),
    ...explainFailover(request, put),
  ];
  return { inject: true, profile: request.profile, items, denials, warnings };
}

type Item = Pick<ExplainedItem, 'injection' | 'target' | 'wanted' | 'origin'>;

function injected(item: Item): ExplainedItem {
  return { ...item, action: 'inject', why: 'nothing is chosen there' };
}

function leftOut(item: Item, why: string): ExplainedItem {
  return { ...item, action: 'none', why };
}

function explainClaim(claim: ClaimTemplate, request: InjectionRequest, put: Marker): ExplainedItem {
  const name = claimName(claim);
  const { value, origin } = request.storageClassName;
  const target = `claim template ${name}`;
  const own = classOf(claim);
  const given = entryOf(put.claims ?? {}, name);
  const wanted = given ?? value;
  const item: Item = { injection: 'storage', target, ...(wanted && { wanted, origin }) };
  if (given !== undefined) return injected(item);
  if (own !== undefined) return leftOut(item, `it chooses class "${own}" itself`);
  return leftOut(
    item,
    value === undefined ? 'no class is asked for' : 'it chooses a volume itself',
  );
}

function explainScheduler(
  { spec }: StatefulSet,
  request: InjectionRequest,
  { scheduler }: Marker,
): ExplainedItem {
  const { value, origin } = request.schedulerName;
  const wanted = scheduler?.name ?? value;
  const target = 'pod template';
  const item: Item = { injection: 'scheduler', target, ...(wanted && { wanted, origin }) };
  if (scheduler !== undefined) return injected(item);
  const own = chosenScheduler(spec.template.spec);
  if (value === undefined) return leftOut(item, 'no scheduler is asked for');
  return leftOut(
    item,
    own === undefined ? 'it is the default one' : `it chooses scheduler "${own}" itself`,
  );
}

function explainSecrets(request: InjectionRequest, { secrets, vault }: Marker): ExplainedItem[] {
  const { containers } = request;
  const where = containers === undefined ? 'all containers' : containers.join(', ');
  const mounts = (secrets ?? []).map(({ class: wanted, path }) =>
    injected({ injection: 'secrets', target: `${where} at ${path}`, wanted, origin: 'annotation' }),
  );
  return vault === undefined ? mounts : [explainVault(request, vault), ...mounts];
}

function explainVault({ vault }: InjectionRequest, made: VaultEntry): ExplainedItem {
  const objects = (vault?.objects ?? []).map(objectText).join(', ');
  return {
    injection: 'secrets',
    target: `SecretProviderClass ${made.class}`,
    wanted: `vault ${made.vault}: ${objects}`,
    origin: vault?.vault.origin ?? 'annotation',
    action: 'inject',
    why: `made for the set; read by ${made.identity} ${made.client ?? 'of the node'}`,
  };
}

function explainFlexVolumes({ flexVolumes = [] }: Marker): ExplainedItem[] {
  return flexVolumes.map(({ volume, class: wanted, was }) => ({
    injection: 'flexVolumes',
    target: `FlexVolume ${volume}`,
    wanted,
    origin: 'default',
    action: 'inject',
    why: `made a CSI volume of vault ${was.options?.keyvaultname ?? ''}`,
  }));
}

function explainDelivery(
  { delivery, containers }: InjectionRequest,
  { sidecar, environment }: Marker,
): ExplainedItem[] {
  if (sidecar === undefined || delivery === undefined) return [];
  const where = containers === undefined ? 'all containers' : containers.join(', ');
  const { image } = delivery.sidecar;
  const item: Item = { injection: 'sidecar', target: 'pod template', wanted: image };
  return [
    { ...item, origin: 'profile', action: 'inject', why: 'secrets are mounted' },
    ...(environment === undefined
      ? []
      : [deliveredTo(where, environment.delivery === 'file' ? 'environment file' : 'variables')]),
  ];
}

function deliveredTo(target: string, wanted: string): ExplainedItem {
  return {
    injection: 'environment',
    target,
    wanted,
    action: 'inject',
    why: 'the sidecar makes it',
  };
}

function explainPlacement(
  { proximityPlacementGroup: wanted }: InjectionRequest,
  { placement }: Marker,
): ExplainedItem[] {
  if (wanted === undefined) return [];
  const item: Item = {
    injection: 'placement',
    target: 'required node affinity',
    wanted,
    origin: 'annotation',
  };
  return [placement ? injected(item) : leftOut(item, 'the template requires a group itself')];
}

function explainFailover(
  { fastFailover }: InjectionRequest,
  { failover }: Marker,
): ExplainedItem[] {
  if (fastFailover === undefined) return [];
  const wanted = `${fastFailover}s`;
  const item: Item = { injection: 'failover', target: 'tolerations', wanted, origin: 'annotation' };
  return [failover ? injected(item) : leftOut(item, 'the template has both tolerations itself')];
}

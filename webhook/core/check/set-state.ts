import { PREFIX } from '../annotations.ts';
import type { Context } from '../context.ts';
import { equal } from '../equal.ts';
import { type Marker, readMarker, recordOf } from '../marker.ts';
import { mutateUpdate } from '../mutate.ts';
import { INJECTIONS, type InjectionName, injectionsOf, type Mutation } from '../mutation.ts';
import { readSwitch, requestOf } from '../request.ts';
import type { PodTemplate, StatefulSet } from '../statefulset.ts';
import { lastApplied } from './manifest.ts';
import { reapplied } from './reapplied.ts';

/**
 * `injected`; `never-injected` although it is opted in; `damaged`: what was injected is not known any more;
 * `opted-out` after it was injected; `not-opted-in`, with annotations that do nothing. `opted-in` is a manifest that the
 * webhook is to inject.
 */
export type State =
  | 'injected'
  | 'never-injected'
  | 'damaged'
  | 'opted-out'
  | 'not-opted-in'
  | 'opted-in';

/** What an apply of the last applied manifest would do; `unknown` where no manifest is known. */
export type Reapply = 'unchanged' | 'restart' | 'refused' | 'unknown';

/** A set that has to do with zonekeeper, and what would become of it. */
export interface SetState {
  readonly set: StatefulSet;
  readonly namespace: string;
  readonly name: string;
  readonly state: State;
  readonly marker: Marker | undefined;
  readonly injections: readonly InjectionName[];
  /** What zonekeeper says if the set is written as it is. */
  readonly asItIs: Mutation;
  readonly manifest: StatefulSet | undefined;
  readonly reapply: Reapply;
  /** Why it is not `unchanged`. */
  readonly reapplication: Mutation | undefined;
  /** Annotations, without prefix, that the manifest asks for otherwise than the stored set. */
  readonly otherwise: readonly string[];
  /** Injections that the next change of the template would bring otherwise than they are. */
  readonly next: readonly InjectionName[];
  /** What zonekeeper would say at that change. */
  readonly atNext: Mutation;
}

export function isAnnotated({ metadata }: StatefulSet): boolean {
  return Object.keys(metadata.annotations ?? {}).some((key) => key.startsWith(PREFIX));
}

export function setStateOf(set: StatefulSet, context: Context): SetState {
  const { namespace = 'default', name = '' } = set.metadata;
  const found = readMarker(set);
  const marker = found === 'broken' ? undefined : found;
  const manifest = lastApplied(set);
  const reapplication = manifest && mutateUpdate(reapplied(set, manifest), set, namespace, context);
  const atNext = mutateUpdate(restarted(set), set, namespace, context);
  return {
    set,
    namespace,
    name,
    state: stateOf(set, found),
    marker,
    injections: injectionsOf(marker),
    asItIs: mutateUpdate(set, set, namespace, context),
    manifest,
    reapply: reapplyOf(set, reapplication),
    reapplication,
    otherwise: manifest === undefined ? [] : otherKeys(manifest, set),
    next: differences(marker, atNext),
    atNext,
  };
}

function stateOf(set: StatefulSet, found: Marker | 'broken' | undefined): State {
  if (found === 'broken') return 'damaged';
  const optedIn = readSwitch(set.metadata.annotations ?? {}) !== false;
  if (found?.request !== undefined && optedIn) return 'injected';
  if (optedIn) return 'never-injected';
  return found === undefined ? 'not-opted-in' : 'opted-out';
}

function reapplyOf({ spec }: StatefulSet, mutation: Mutation | undefined): Reapply {
  if (mutation === undefined) return 'unknown';
  if (mutation.outcome === 'denied') return 'refused';
  return equal(mutation.object.spec.template, spec.template) ? 'unchanged' : 'restart';
}

function otherKeys(manifest: StatefulSet, set: StatefulSet): string[] {
  const stored = requestOf(set.metadata.annotations ?? {});
  return Object.entries(requestOf(manifest.metadata.annotations ?? {}))
    .filter(([key, value]) => stored[key] !== value)
    .map(([key]) => key);
}

const RESTARTED = 'kubectl.kubernetes.io/restartedAt';

/** The set as `kubectl rollout restart` writes it. */
function restarted(set: StatefulSet): StatefulSet {
  const template = set.spec.template as PodTemplate & { readonly metadata?: Annotated };
  const annotations = { ...template.metadata?.annotations, [RESTARTED]: '' };
  const metadata = { ...template.metadata, annotations };
  return { ...set, spec: { ...set.spec, template: { ...template, metadata } as PodTemplate } };
}

interface Annotated {
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Injections that the set holds otherwise after the mutation than the marker says. */
export function differences(
  marker: Marker | undefined,
  { object, outcome }: Mutation,
): InjectionName[] {
  const after = readMarker(object);
  if (outcome === 'denied' || after === 'broken') return [];
  const [one, other] = [held(marker), held(after)];
  return INJECTIONS.filter((name) => !equal(one[name], other[name]));
}

function held(marker: Marker | undefined): Readonly<Record<string, unknown>> {
  return { ...recordOf(marker), storage: marker?.claims ?? {} };
}

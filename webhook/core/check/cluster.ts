import { DEFAULT_PROFILE } from '../annotations.ts';
import { type Configuration, SHIPPED_CONFIGURATION } from '../configuration.ts';
import type { Context } from '../context.ts';
import { type Problem, problem } from '../problems.ts';
import { indexClaims } from './disks.ts';
import type { ClusterFacts } from './facts.ts';
import { about, type CheckFinding, CLUSTER } from './finding.ts';
import { installationFindings } from './installation.ts';
import { readSet } from './manifest.ts';
import { type PlatformNeeds, platformFindings } from './platform.ts';
import { profileFindings, provisionersOf } from './profiles.ts';
import { bySeverity, type CheckReport, checkedSet } from './report.ts';
import { isAnnotated, type SetState, setStateOf } from './set-state.ts';
import { setFindings } from './sets.ts';
import { uninstallFindings } from './uninstall.ts';

export interface CheckOptions {
  /** In milliseconds since the epoch. */
  readonly now: number;
  /** Version of zonekeeper that checks; of the webhook where its own is not known. */
  readonly version: string;
  /** The namespace that the sets are of; absent: all of them. */
  readonly namespace?: string;
  /** Whether zonekeeper is to go. */
  readonly beforeUninstall: boolean;
}

/** Judges what was read of a cluster. */
export function checkCluster(facts: ClusterFacts, options: CheckOptions): CheckReport {
  const { now, namespace } = options;
  const unknown = 'unknown' in facts.configuration ? facts.configuration.unknown : undefined;
  const configuration =
    'unknown' in facts.configuration ? SHIPPED_CONFIGURATION : facts.configuration;
  const webhook = facts.probe?.outcome === 'injected' ? facts.probe.by : undefined;
  const version = webhook ?? options.version;
  const context: Context = { configuration, view: facts.view, now, version };
  const states = statesOf(facts, context);
  const findings = [
    ...facts.unseen.map((one) => unseenFinding(one, facts, options)),
    ...(unknown === undefined
      ? []
      : [about(CLUSTER).warning(problem('ZK704', { detail: unknown }))]),
    ...installationFindings(facts, profileOf(configuration, facts), now),
    ...platformFindings(facts, needsOf(states, facts, configuration)),
    ...profileFindings(configuration, facts, profilesIn(states), now),
    ...findingsOf(states, facts, context),
    ...(options.beforeUninstall ? states.flatMap(uninstallFindings) : []),
  ];
  const { version: kubernetes } = facts.view;
  return {
    ...(namespace !== undefined && { namespace }),
    ...(kubernetes && { kubernetes: `${kubernetes.major}.${kubernetes.minor}` }),
    ...(webhook !== undefined && { webhook }),
    sets: states.map(checkedSet),
    findings: bySeverity(findings),
  };
}

function statesOf({ statefulSets }: ClusterFacts, context: Context): SetState[] {
  return (statefulSets ?? [])
    .flatMap((object) => readSet(object) ?? [])
    .filter(isAnnotated)
    .map((set) => setStateOf(set, context));
}

/** What nobody could look at may be what an uninstall breaks. */
function unseenFinding(
  found: Problem,
  { statefulSets }: ClusterFacts,
  { beforeUninstall }: CheckOptions,
): CheckFinding {
  return about(CLUSTER).errorIf(beforeUninstall && statefulSets === undefined, found);
}

/** The profile by which the set of the dry run is to be injected; undefined where it is only assumed. */
function profileOf({ profiles }: Configuration, facts: ClusterFacts) {
  return 'unknown' in facts.configuration ? undefined : profiles[DEFAULT_PROFILE];
}

function profilesIn(states: readonly SetState[]): ReadonlySet<string> {
  return new Set(states.flatMap(({ marker }) => marker?.profile ?? []));
}

function needsOf(
  states: readonly SetState[],
  { view, clientIdsOfClasses }: ClusterFacts,
  configuration: Configuration,
): PlatformNeeds {
  const used = new Set([...profilesIn(states), DEFAULT_PROFILE]);
  const entries = Object.entries(configuration.profiles);
  const profiles = Object.fromEntries(entries.filter(([name]) => used.has(name)));
  const mounted = states.flatMap(({ marker, namespace }) =>
    (marker?.secrets ?? []).map(({ class: name }) => `${namespace}/${name}`),
  );
  return {
    provisioners: provisionersOf(configuration, view.storageClasses),
    essential: new Set(provisionersOf({ profiles }, view.storageClasses).keys()),
    secrets: mounted.length > 0,
    workloadIdentity: mounted.some((key) => clientIdsOfClasses?.has(key)),
  };
}

function findingsOf(
  states: readonly SetState[],
  facts: ClusterFacts,
  context: Context,
): CheckFinding[] {
  const index = indexClaims(facts);
  return states.flatMap((state) => setFindings(state, facts, index, context));
}

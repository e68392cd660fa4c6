import { isoTime } from '../iso-time.ts';
import { listed } from '../message.ts';
import { type Problem, problem } from '../messages.ts';
import type { EnvironmentFacts, Facts, MountFacts } from './facts.ts';
import { type Finding, type Instant, stateOf } from './finding.ts';
import { type Reason, type State, worstFirst } from './state.ts';
import type { EnvironmentStatus, MountStatus, ObjectStatus, Status } from './status.ts';

/** The status that follows from the facts at a moment; `since` is when the state became what it is. */
export function statusOf(facts: Facts, at: Instant, since: number): Status {
  const { version, ready, environment, rotation, comparison } = facts;
  const [worst] = reasonsOf(facts, at);
  return {
    version,
    state: worst?.state ?? 'fresh',
    since: isoTime(since),
    ...(worst === undefined ? {} : { reason: { code: worst.code, message: worst.message } }),
    ready,
    mounts: facts.mounts.map((mount) => mountStatusOf(mount, compared(mount, facts, at))),
    ...(environment === undefined ? {} : { environment: environmentStatusOf(environment) }),
    objects: [...(comparison?.findings.values() ?? [])].map((one) => objectStatusOf(one, at)),
    rotation,
    problems: facts.problems,
  };
}

/** Why things are not fresh, the worst first; empty if all are. */
export function reasonsOf(facts: Facts, at: Instant): Reason[] {
  const { environment } = facts;
  return worstFirst([
    ...facts.mounts.flatMap((mount) => [...defects(mount), ...compared(mount, facts, at)]),
    ...(environment === undefined ? [] : environmentReasons(environment)),
  ]);
}

/** One mount by itself, of which nothing is known from Key Vault unless reasons say so. */
export function mountStatusOf(mount: MountFacts, fromVault: readonly Reason[]): MountStatus {
  const { path, snapshot, missing, problems } = mount;
  const [worst] = worstFirst([...defects(mount), ...fromVault]);
  return {
    path,
    state: worst?.state ?? 'fresh',
    ...(snapshot === undefined ? {} : { generation: snapshot.generation }),
    ...(snapshot?.changedAt === undefined
      ? {}
      : { changedAt: isoTime(snapshot.changedAt.getTime()) }),
    files: snapshot?.files ?? [],
    missing,
    problems,
  };
}

/** That nobody compares a mount with Key Vault. */
export const NOT_COMPARED: Reason = reason('unknown', problem('ZK833', {}));

/** What is wrong with a mount as it stands there. */
function defects({ path, snapshot, missing, problems }: MountFacts): Reason[] {
  const gone = problems.filter(({ code }) => code === 'ZK811');
  const unread = problems.filter(({ code }) => code !== 'ZK811' && code !== 'ZK815');
  return [
    ...gone.map((one) => reason('missing', one)),
    ...unread.map((one) => reason(snapshot === undefined ? 'missing' : 'unknown', one)),
    ...(missing.length === 0
      ? []
      : [reason('missing', problem('ZK812', { path, files: listed(missing) }))]),
  ];
}

/** What the comparison with Key Vault says of the files of a mount, apart from those that are fresh. */
function compared({ path }: MountFacts, { comparison }: Facts, at: Instant): Reason[] {
  const objects = (comparison?.objects ?? []).filter((object) => object.startsWith(`${path}/`));
  if (comparison === undefined || objects.length === 0) return [NOT_COMPARED];
  const pending = objects.filter((object) => !comparison.findings.has(object));
  const found = objects.flatMap((object) => comparison.findings.get(object) ?? []);
  const reasons = found.map((finding) => ({
    state: stateOf(finding, at),
    code: finding.code,
    message: messageOf(finding),
  }));
  return [
    ...reasons.filter(({ state }) => state !== 'fresh'),
    ...(pending.length === 0
      ? []
      : [reason('unknown', problem('ZK834', { objects: listed(pending) }))]),
  ];
}

function environmentReasons({ isThere, problems }: EnvironmentFacts): Reason[] {
  return problems.map((one) => reason(isThere ? 'stale' : 'missing', one));
}

function environmentStatusOf(environment: EnvironmentFacts): EnvironmentStatus {
  const { file, format, variables, isCurrent, writtenAt, problems } = environment;
  return {
    ...{ file, format, variables },
    ...(writtenAt === undefined ? {} : { writtenAt: isoTime(writtenAt) }),
    current: isCurrent,
    problems,
  };
}

function objectStatusOf(finding: Finding, at: Instant): ObjectStatus {
  const { path, code, since, comparedAt } = finding;
  return {
    ...{ path, state: stateOf(finding, at), code, message: messageOf(finding) },
    since: isoTime(since.wall),
    ...(comparedAt === undefined ? {} : { comparedAt: isoTime(comparedAt) }),
  };
}

const messageOf = ({ code, reason: text }: Finding): string => `${code} ${text}`;

function reason(state: State, about: Problem): Reason {
  return { state, ...about };
}

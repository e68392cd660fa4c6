import { inspectClaims } from './inspect/claims.ts';
import { inspectClasses } from './inspect/classes.ts';
import { inspectCsiDriver } from './inspect/csi-driver.ts';
import { inspectFileModes } from './inspect/file-modes.ts';
import type { Inspected } from './inspect/inspected.ts';
import { inspectScheduler } from './inspect/scheduler.ts';
import { inspectSecretMounts } from './inspect/secret-mounts.ts';
import { inspectSecrets } from './inspect/secrets.ts';
import { inspectServiceAccount } from './inspect/service-account.ts';
import { inspectZones } from './inspect/zones.ts';
import { type Problem, problem } from './problems.ts';
import type { StatefulSet } from './statefulset.ts';

/** Everything that lets the set be stored and yet keeps it from working as its author may think. */
export function inspect(object: StatefulSet, seen: Inspected): Problem[] {
  return [
    ...inspectVersion(seen),
    ...inspectClasses(seen),
    ...(seen.creating ? inspectClaims(object, seen) : []),
    ...inspectScheduler(seen),
    ...(seen.parts.marker?.secrets ? inspectMounts(seen) : []),
    ...inspectZones(seen),
    ...inspectOwner(object),
  ];
}

function inspectMounts(seen: Inspected): Problem[] {
  return [
    ...inspectSecrets(seen),
    ...inspectCsiDriver(seen),
    ...inspectSecretMounts(seen),
    ...inspectFileModes(seen),
    ...inspectServiceAccount(seen),
  ];
}

function inspectVersion({ context }: Inspected): Problem[] {
  const { version } = context.view;
  if (version === undefined || version.major > 1 || version.minor >= 30) return [];
  return [problem('ZK222', { version: `${version.major}.${version.minor}` })];
}

function inspectOwner({ metadata }: StatefulSet): Problem[] {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  if (owner === undefined) return [];
  return [problem('ZK220', { kind: owner.kind ?? 'object', name: owner.name ?? '' })];
}

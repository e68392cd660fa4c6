import { allows, includes, isWithin } from './allowed.ts';
import type { Wish } from './annotation-reader.ts';
import type { Profile } from './configuration.ts';
import { listed, type Problem, problem } from './problems.ts';
import type { Wishes } from './request.ts';

/** What the annotations name outside the bounds of the profile. Its own defaults were checked when it was loaded. */
export function outOfBounds(request: Wishes, settings: Profile | undefined): Problem[] {
  const { allowed } = settings ?? {};
  if (allowed === undefined || Object.keys(allowed).length === 0) return [];
  const profile = request.profile.value;
  const check = (
    key: string,
    list: readonly string[] | undefined,
    values: readonly string[],
    isAllowed = includes,
  ) =>
    values
      .filter((value) => !isAllowed(list, value))
      .map((value) => problem('ZK104', { key, value, profile, allowed: listed(list ?? []) }));
  const { vault } = request;
  const group = request.proximityPlacementGroup;
  return [
    ...check('storage-class', allowed.storageClasses, asked(request.storageClassName)),
    ...check('scheduler-name', allowed.schedulerNames, asked(request.schedulerName)),
    ...check('key-vault', allowed.keyVaults, asked(vault?.vault), allows),
    ...check('tenant-id', allowed.tenantIds, asked(vault?.tenant), allows),
    ...check('client-id', allowed.clientIds, asked(vault?.client), allows),
    ...check('secret-provider-class', allowed.secretProviderClasses, request.secretProviderClasses),
    ...check('mount-path', allowed.mountPaths, asked(request.mountPath), isWithin),
    ...check(
      'proximity-placement-group',
      allowed.proximityPlacementGroups,
      group === undefined ? [] : [group],
    ),
  ];
}

/** What an annotation says, if one does. */
function asked(wish: Wish<string | undefined> | undefined): string[] {
  return wish?.origin === 'annotation' && wish.value !== undefined ? [wish.value] : [];
}

import fc from 'fast-check';
import { PREFIX } from '../statefulset.ts';
import { anyText } from './json.ts';

type Texts = Readonly<Record<string, string>>;

/** Classes, schedulers, groups and profiles that generated configurations and annotations draw from. */
export const NAMES = {
  profile: ['default', 'silver', 'gold'],
  class: ['zonekeeper-zrs', 'premium-zrs', 'managed.csi'],
  scheduler: ['csi-azuredisk-scheduler-extender', 'volcano', 'default-scheduler'],
  secretClass: ['vault', 'vault.two', 'vault-three'],
  group: ['ppg-1', 'ppg-2'],
} as const;

const VALUES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  profile: fc.constantFrom(...NAMES.profile),
  'storage-class': fc.constantFrom(...NAMES.class, 'none'),
  'scheduler-name': fc.constantFrom(...NAMES.scheduler, 'none'),
  'secret-provider-class': fc
    .subarray([...NAMES.secretClass], { minLength: 1 })
    .map((names) => names.join(', ')),
  'mount-path': fc.constantFrom('/mnt/secrets-store', '/mnt/secrets-store/', '/etc/secrets', '/a'),
  containers: fc.constantFrom('app', 'app\n', 'app,helper'),
  'proximity-placement-group': fc.constantFrom(...NAMES.group),
  'fast-failover': fc.constantFrom('5s', '30s', '2m', '1m30s'),
};

/** What a set may ask for, keys without prefix: only such annotations as can be read. */
export const sound: fc.Arbitrary<Texts> = fc
  .record(VALUES, { requiredKeys: [] })
  .map((asks): Texts => ({ inject: 'true', ...asks }));

const WRONG: readonly Texts[] = [
  { inject: 'yes' },
  { profile: 'bronze' },
  { 'storage-class': 'Not A Name' },
  { 'scheduler-name': '-' },
  { 'secret-provider-class': ',' },
  { 'secret-provider-class': 'vault, vault' },
  { 'mount-path': 'relative' },
  { containers: 'nobody' },
  { 'proximity-placement-group': 'a/b' },
  { 'fast-failover': '3h' },
  { 'key-vault': 'contoso-prod' },
  { 'storge-class': 'premium-zrs' },
];

/** What a user may write by mistake, keys without prefix. */
export const flawed: fc.Arbitrary<Texts> = fc
  .tuple(
    sound,
    fc.subarray([...WRONG], { minLength: 1, maxLength: 3 }),
    fc.option(fc.tuple(fc.constantFrom(...Object.keys(VALUES)), anyText), { nil: undefined }),
  )
  .map(([asks, wrong, odd]) => Object.assign({}, asks, ...wrong, odd && { [odd[0]]: odd[1] }));

/** Annotations of somebody else, as other tools and people add them. */
export const foreign: fc.Arbitrary<Texts> = fc.dictionary(
  fc.constantFrom('example.com/team', 'valueOf', 'toString', 'constructor', 'argocd/sync'),
  anyText,
  { maxKeys: 2 },
);

/** Whole keys of what a set asks for. */
export function prefixed(asks: Texts): Texts {
  return Object.fromEntries(Object.entries(asks).map(([key, value]) => [PREFIX + key, value]));
}

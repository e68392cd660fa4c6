import fc from 'fast-check';
import { PREFIX } from '../statefulset.ts';
import { CLIENT, OTHER_CLIENT, TENANT } from '../vault.ts';
import { anyText } from './json.ts';

type Texts = Readonly<Record<string, string>>;

/** Classes, schedulers, groups and profiles that generated configurations and annotations draw from. */
export const NAMES = {
  profile: ['default', 'silver', 'gold'],
  class: ['zonekeeper-zrs', 'premium-zrs', 'managed.csi'],
  scheduler: ['csi-azuredisk-scheduler-extender', 'volcano', 'default-scheduler'],
  secretClass: ['vault', 'vault.two', 'vault-three'],
  group: ['ppg-1', 'ppg-2'],
  vault: ['contoso-prod', 'Contoso', 'vault'],
  guid: [TENANT, CLIENT, OTHER_CLIENT],
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

/** Objects of a vault, and whatever of it is not left to the profile. */
const VAULT: Readonly<Record<string, fc.Arbitrary<string>>> = {
  secrets: fc
    .subarray(['root', 'tls/ca.pem=cert/web', `key/web@${'0a'.repeat(16)}`, 'null=secret/1e3'], {
      minLength: 1,
    })
    .map((objects) => objects.join(',')),
  'key-vault': fc.constantFrom(...NAMES.vault),
  'client-id': fc.constantFrom(...NAMES.guid),
  'tenant-id': fc.constantFrom(...NAMES.guid),
};

/**
 * What a set may ask for, keys without prefix: only such annotations as can be read, where the profile has a vault, too.
 */
export const sound: fc.Arbitrary<Texts> = fc
  .tuple(
    fc.record(VALUES, { requiredKeys: [] }),
    fc.option(fc.record(VAULT, { requiredKeys: ['secrets'] }), { nil: {}, freq: 1 }),
  )
  .map(([asks, vault]): Texts => ({ inject: 'true', ...asks, ...vault }));

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
  { flexvolume: 'convert' },
  { secrets: 'a, A' },
  { secrets: 'a/b, ../c=d' },
  { 'key-vault': 'contoso_prod' },
  { 'tenant-id': 'contoso.com' },
  { 'storge-class': 'premium-zrs' },
];

/** What a user may write by mistake, keys without prefix. */
export const flawed: fc.Arbitrary<Texts> = fc
  .tuple(
    sound,
    fc.subarray([...WRONG], { minLength: 1, maxLength: 3 }),
    fc.option(fc.tuple(fc.constantFrom(...Object.keys({ ...VALUES, ...VAULT })), anyText), {
      nil: undefined,
    }),
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

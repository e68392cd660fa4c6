import fc from 'fast-check';
import { copyOf, PREFIX } from '../statefulset.ts';
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
  flexvolume: fc.constantFrom('auto', 'convert', 'convert', 'keep'),
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

/** What a set with secrets may ask of its sidecar; % stands for a file of one of the classes. */
const DELIVERY: Readonly<Record<string, fc.Arbitrary<string>>> = {
  sidecar: fc.constantFrom('true', 'true', 'false'),
  env: fc.constantFrom('auto', 'none', 'A=%', 'auto, A=%', 'B=%\nC_FILE=@%'),
  'env-format': fc.constantFrom('posix', 'dotenv', 'json'),
  'env-delivery': fc.constantFrom('file', 'kubernetes', 'none'),
  'on-rotation': fc.constantFrom('none', 'http=http://localhost:8080/-/reload', 'restart'),
  verify: fc.constantFrom('true', 'false'),
};

/**
 * What a set may ask for, keys without prefix: only such annotations as can be read, where the profile has a vault, too, and
 * most of them together.
 */
export const sound: fc.Arbitrary<Texts> = fc
  .tuple(
    fc.record(VALUES, { requiredKeys: [] }),
    fc.option(fc.record(VAULT, { requiredKeys: ['secrets'] }), { nil: {}, freq: 1 }),
    fc.record(DELIVERY, { requiredKeys: [] }),
  )
  .map(([asks, vault, more]) => {
    const all: Wishes = { ...asks, ...vault };
    return copyOf({ inject: 'true', ...all, ...delivered(all, more) });
  });

/** What can be delivered of the classes that are asked for: without secrets nothing, and no format to the kubelet. */
function delivered(asks: Wishes, { env, sidecar, ...more }: Wishes): Wishes {
  const file = fileOf(asks);
  if (file === undefined) return {};
  if (sidecar === 'false') return { sidecar };
  const kubernetes = more['env-delivery'] === 'kubernetes';
  const named = kubernetes && !/^[ABn]/.test(env ?? '') ? 'A=%' : env;
  return {
    ...more,
    sidecar,
    env: named?.replaceAll('%', file),
    ...(kubernetes && { 'env-format': undefined }),
  };
}

/** A file of one of the classes, as `env` names it; `undefined` where there are none. */
function fileOf({ secrets, 'secret-provider-class': existing }: Wishes): string | undefined {
  const classes = existing?.split(', ') ?? [];
  const made = secrets?.split(',')[0]?.replace(/=.*|^key\/|@.*/g, '');
  if (classes.length === 0) return made;
  return made !== undefined || classes.length > 1 ? `${classes[0]}/one` : 'one';
}

type Wishes = Readonly<Record<string, string | undefined>>;

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
  { flexvolume: 'drop' },
  { secrets: 'a, A' },
  { secrets: 'a/b, ../c=d' },
  { 'key-vault': 'contoso_prod' },
  { 'tenant-id': 'contoso.com' },
  { env: 'A' },
  { env: 'A=one, A=two' },
  { 'env-delivery': 'kubernetes', env: 'auto' },
  { 'on-rotation': 'http=http://example.com' },
  { sidecar: 'maybe' },
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

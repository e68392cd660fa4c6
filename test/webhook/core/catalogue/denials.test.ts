import t from 'tap';
import { DENIALS } from '../../../../webhook/core/catalogue/denials.ts';
import { FLEXVOLUME_DENIALS } from '../../../../webhook/core/catalogue/flexvolume-denials.ts';
import { SIDECAR_DENIALS } from '../../../../webhook/core/catalogue/sidecar-denials.ts';
import { mutateCreate } from '../../../../webhook/core/mutate.ts';
import { type Problem, problem } from '../../../../webhook/core/problems.ts';
import { checkShape } from '../../../../webhook/core/shape.ts';
import { create, update } from '../../../support/admission.ts';
import { contextWith, profiles } from '../../../support/context.ts';
import { assertReadable } from '../../../support/messages.ts';
import {
  annotated,
  arriving,
  type Given,
  MARKER,
  manifest,
  withPod,
} from '../../../support/statefulset.ts';
import { SECRETS_ONLY, VAULT_ASKS, vaultProfile } from '../../../support/vault.ts';

const VAULT: Record<string, string | undefined> = VAULT_ASKS;
const SECRETS = { 'secret-provider-class': 'mysql-secrets' };

/** Ways to be refused, one for each code. */
const CASES: Readonly<Record<string, () => readonly Problem[]>> = {
  ZK101: () => denials({ asks: { inject: 'yes' } }),
  ZK102: () => denials({ asks: { inject: 'true', profile: 'azuredisk-v3' } }),
  ZK103: () => asking({ 'fast-failover': '2h' }),
  ZK104: () => {
    const allowed = { storageClasses: ['zonekeeper-zrs', 'zonekeeper-premium-zrs'] };
    const configuration = profiles({ default: { allowed } });
    const set = manifest({ asks: { inject: 'true', 'storage-class': 'managed-csi-premium' } });
    return mutateCreate(arriving(set), 'shop', contextWith({ configuration })).denials;
  },
  ZK105: () => asking({ 'secret-provider-class': 'mysql-secrets, mysql-secrets' }),
  ZK106: () => asking({ ...SECRETS, containers: 'mysqld' }),
  ZK108: () => asking(SECRETS, { pod: { volumes: [{ name: 'zonekeeper-secrets' }] } }),
  ZK109: () => asking({ ...SECRETS, 'mount-path': '/var/lib/mysql' }),
  ZK110: () => checkShape(withPod(manifest(), { containers: {} })).problems ?? [],
  ZK111: () => [problem('ZK111', { name: 'mysql' })],
  ZK112: () => asking({ ...VAULT, 'key-vault': undefined }),
  ZK113: () => asking({ ...VAULT, 'client-id': undefined }),
  ZK114: () => asking({ ...VAULT, 'tenant-id': undefined }),
  ZK115: () => asking({ ...VAULT, secrets: 'mysql-password, b=MySQL-Password' }),
  ZK116: () => asking({ ...VAULT, secrets: 'cert/web, web=web-tls-key' }),
  ZK117: () => asking({ ...VAULT, secrets: 'tls, tls/web.pem=cert/web' }),
  ZK118: () => asking({ ...VAULT, 'secret-provider-class': 'contoso-prod' }),
  ZK119: () => asking({ 'secret-provider-class': 'a'.repeat(120) }, { name: 'b'.repeat(125) }),
  ZK120: () => {
    const { stored } = create(manifest(), contextWith());
    const marker = stored.metadata.annotations?.[MARKER]?.replace('}', '},"reloader":{}') ?? '';
    const newer = annotated(stored, { [MARKER]: marker });
    return update(manifest({ pod: { hostname: 'x' } }), newer, contextWith()).mutation.denials;
  },
  ZK121: () => {
    const asks = SECRETS_ONLY;
    const { stored } = create(manifest({ asks }), contextWith({ configuration: vaultProfile() }));
    const allowed = { keyVaults: ['contoso-test'] };
    const configuration = vaultProfile({ name: 'contoso-test' }, { allowed });
    return mutateCreate(stored, 'shop', contextWith({ configuration })).denials;
  },
};

function denials(given: Given): readonly Problem[] {
  return mutateCreate(arriving(manifest(given)), 'shop', contextWith()).denials;
}

function asking(asks: Record<string, string | undefined>, given: Given = {}): readonly Problem[] {
  const set = Object.entries(asks).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return denials({ ...given, asks: { inject: 'true', ...Object.fromEntries(set) } });
}

t.test('every refusal can come about, and tells what to do in one line', async (t) => {
  const elsewhere = { ...SIDECAR_DENIALS, ...FLEXVOLUME_DENIALS };
  const others = Object.keys(DENIALS).filter((code) => !Object.hasOwn(elsewhere, code));
  t.same(Object.keys(CASES), others);
  for (const [code, provoke] of Object.entries(CASES)) {
    const problems = provoke();
    t.ok(problems.length > 0, code);
    for (const found of problems) {
      t.equal(found.code, code);
      assertReadable(t, found);
    }
  }
});

import t from 'tap';
import { DENIALS } from '../../../../webhook/core/catalogue/denials.ts';
import { mutateCreate } from '../../../../webhook/core/mutate.ts';
import { type Problem, problem } from '../../../../webhook/core/problems.ts';
import { checkShape } from '../../../../webhook/core/shape.ts';
import { contextWith, profiles } from '../../../support/context.ts';
import { assertReadable } from '../../../support/messages.ts';
import { arriving, type Given, manifest, withPod } from '../../../support/statefulset.ts';

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
  ZK107: () => asking({ 'key-vault': 'contoso-prod' }),
  ZK108: () => asking(SECRETS, { pod: { volumes: [{ name: 'zonekeeper-secrets' }] } }),
  ZK109: () => asking({ ...SECRETS, 'mount-path': '/var/lib/mysql' }),
  ZK110: () => checkShape(withPod(manifest(), { containers: {} })).problems ?? [],
  ZK111: () => [problem('ZK111', { name: 'mysql' })],
};

function denials(given: Given): readonly Problem[] {
  return mutateCreate(arriving(manifest(given)), 'shop', contextWith()).denials;
}

function asking(asks: Record<string, string>, given: Given = {}): readonly Problem[] {
  return denials({ ...given, asks: { inject: 'true', ...asks } });
}

t.test('every refusal can come about, and tells what to do in one line', async (t) => {
  t.same(Object.keys(CASES), Object.keys(DENIALS));
  for (const [code, provoke] of Object.entries(CASES)) {
    const problems = provoke();
    t.ok(problems.length > 0, code);
    for (const found of problems) {
      t.equal(found.code, code);
      assertReadable(t, found);
    }
  }
});

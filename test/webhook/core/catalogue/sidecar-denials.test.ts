import t from 'tap';
import { SIDECAR_DENIALS } from '../../../../webhook/core/catalogue/sidecar-denials.ts';
import { mutateCreate } from '../../../../webhook/core/mutate.ts';
import type { Problem } from '../../../../webhook/core/problems.ts';
import { contextWith } from '../../../support/context.ts';
import { assertReadable } from '../../../support/messages.ts';
import { arriving, type Given, manifest } from '../../../support/statefulset.ts';
import { VAULT_ASKS } from '../../../support/vault.ts';

type Asks = Readonly<Record<string, string>>;

const CLASS = { inject: 'true', 'secret-provider-class': 'mysql-secrets' };
const ONE = { ...VAULT_ASKS, secrets: 'mysql-root-password' };
const KUBERNETES = { ...ONE, 'env-delivery': 'kubernetes' };

function asking(asks: Asks, given: Given = {}, minor = 36): readonly Problem[] {
  const set = arriving(manifest({ ...given, asks: { inject: 'true', ...asks } }));
  return mutateCreate(set, 'shop', contextWith({ view: { version: { major: 1, minor } } })).denials;
}

const pod = (container: object): Given => ({
  pod: { initContainers: [], containers: [{ name: 'mysql', image: 'mysql:8', ...container }] },
});

/** Ways to be refused, some for each code. */
const CASES: Readonly<Record<string, readonly (() => readonly Problem[])[]>> = {
  ZK130: [
    () => asking({ env: 'auto' }),
    () => asking({ sidecar: 'true' }),
    () => asking({ ...CLASS, sidecar: 'false', 'on-rotation': 'restart' }),
  ],
  ZK131: [() => asking({ ...ONE, secrets: 'mysql-password, MYSQL.PASSWORD=mysql-root-password' })],
  ZK132: [() => asking({ ...ONE, env: 'PASSWORD=mysql-password' })],
  ZK133: [
    () => asking(KUBERNETES, {}, 34),
    () => asking({ ...CLASS, 'on-rotation': 'restart' }, {}, 35),
    () => asking(CLASS, {}, 28),
    () => {
      const set = arriving(manifest({ asks: KUBERNETES }));
      return mutateCreate(set, 'shop', contextWith()).denials;
    },
  ],
  ZK134: [() => asking({ ...CLASS, 'env-delivery': 'kubernetes' })],
  ZK135: [() => asking(CLASS, pod({ name: 'zonekeeper-sidecar' }))],
  ZK136: [() => asking(KUBERNETES, pod({ env: [{ name: 'MYSQL_ROOT_PASSWORD', value: 'x' }] }))],
  ZK137: [
    () => asking(CLASS, pod({ volumeMounts: [{ name: 'run', mountPath: '/run/zonekeeper' }] })),
  ],
  ZK138: [() => asking(CLASS, pod({ ports: [{ containerPort: 9809 }] }))],
  ZK139: [
    () => asking(CLASS, { pod: { os: { name: 'windows' } } }),
    () => asking(CLASS, { pod: { nodeSelector: { 'kubernetes.io/os': 'windows' } } }),
  ],
  ZK140: [() => asking({ ...KUBERNETES, 'env-format': 'dotenv' })],
};

t.test('every refusal can come about, and tells what to do in one line', async (t) => {
  t.same(Object.keys(CASES), Object.keys(SIDECAR_DENIALS));
  for (const [code, ways] of Object.entries(CASES)) {
    for (const provoke of ways) {
      const problems = provoke();
      t.ok(problems.length > 0, code);
      for (const found of problems) {
        t.equal(found.code, code);
        assertReadable(t, found);
      }
    }
  }
});

t.test('what asks for nothing needs no sidecar', async (t) => {
  const nothing = { env: 'none', 'env-delivery': 'none', 'on-rotation': 'none', verify: 'false' };
  t.same(asking({ ...nothing, sidecar: 'false' }), []);
});

t.test('a URL that is refused is not shown: it may hold more than an address', async (t) => {
  const [found] = asking({ ...CLASS, 'on-rotation': 'http=http://admin:s3cr3t@db/' });
  t.equal(found?.code, 'ZK103');
  t.notMatch(JSON.stringify(found), /s3cr3t/);
});

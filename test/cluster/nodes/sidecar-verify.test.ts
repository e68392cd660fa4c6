import { randomBytes } from 'node:crypto';
import t from 'tap';
import type { Status } from '../../../sidecar/status/status.ts';
import type { SetManifest } from '../support/manifests.ts';
import { SecondWebhook } from '../support/second-webhook.ts';
import { until } from '../until.ts';
import { ASKING, application, printing, TENANT, VAULT } from './applications.ts';
import { startAzure } from './azure.ts';
import { objectsSaid, sidecarSaid, whoSays } from './canary.ts';
import { installZonekeeper, untilSettled } from './installed.ts';
import { NodeCluster } from './node-cluster.ts';
import { PodView, statusOf } from './pods.ts';
import { SecretsStore } from './secrets-store.ts';
import { kill } from './sudden-ends.ts';

const SIDECAR = 'zonekeeper-sidecar';
const SECRETS = ['password', 'token', 'user'];
/** The first round begins within a minute, by chance. */
const ROUND = 120_000;

const cluster = await NodeCluster.start({ zones: ['westeurope-1'] });
t.teardown(() => cluster.stop());
const { controlPlane } = cluster;
const { api } = controlPlane;
const store = await SecretsStore.install(cluster);
const azure = await startAzure(api);
t.teardown(() => azure.stop());
await installZonekeeper(cluster);
await untilSettled(api);
const injector = await SecondWebhook.install(controlPlane, 'zz-authorities');
t.teardown(() => injector[Symbol.asyncDispose]());
injector.edit = trustAuthority;

const db = new PodView(controlPlane, 'default', 'db-0');
const CANARY = `canary${randomBytes(12).toString('hex')}`;

/** Lets the sidecar trust the authority in the volume, as the injector of an organization's own authorities would. */
function trustAuthority({ spec }: SetManifest): void {
  const mountPath = '/etc/authority';
  const sidecar = spec.template.spec.initContainers?.find(({ name }) => name === SIDECAR);
  const mounts = sidecar?.volumeMounts ?? [];
  if (!sidecar || mounts.some((mount) => mount.mountPath === mountPath)) return;
  sidecar.volumeMounts = [...mounts, { name: 'authority', mountPath, readOnly: true }];
  const trusted = { name: 'NODE_EXTRA_CA_CERTS', value: `${mountPath}/ca.crt` };
  sidecar.env = [...((sidecar.env as object[]) ?? []), trusted];
}

/** Resolves with the status when every file was compared since the sidecar started. */
async function compared(): Promise<Status> {
  const isCompared = ({ objects }: Status) =>
    objects.length === SECRETS.length && objects.every(({ comparedAt }) => comparedAt);
  return until(
    'a comparison',
    async () => {
      const status = await db.answer<Status>(9809, '/status').catch(() => undefined);
      return status && isCompared(status) && status;
    },
    ROUND,
  );
}

t.test('the sidecar signs in with the token of its Pod and finds the mount fresh', async (t) => {
  for (const name of SECRETS) {
    await store.write(VAULT, name, `${CANARY} ${name}`);
    azure.vault.setSecret(name, `${CANARY} ${name}`);
  }
  const authority = { metadata: { name: 'authority' }, data: { 'ca.crt': azure.ca } };
  await api.expect('POST', '/api/v1/namespaces/default/configmaps', { body: authority });
  const body = application({
    name: 'db',
    annotations: {
      ...ASKING,
      'zonekeeper.io/secrets': SECRETS.join(', '),
      'zonekeeper.io/verify': 'true',
    },
    containers: { app: printing('. "$ZONEKEEPER_ENV_FILE"', 'USER') },
    podSpec: {
      hostAliases: azure.hostAliases,
      volumes: [{ name: 'authority', configMap: { name: 'authority' } }],
    },
  });
  await api.expect('POST', '/apis/apps/v1/namespaces/default/statefulsets', { body });
  await db.ready();
  const { state, objects } = await compared();
  t.match({ state, objects }, { state: 'fresh', objects: SECRETS.map(() => ({ state: 'fresh' })) });
  t.match(azure.reviewed, [
    {
      authenticated: true,
      audiences: ['api://AzureADTokenExchange'],
      user: {
        username: 'system:serviceaccount:default:default',
        extra: { 'authentication.kubernetes.io/pod-name': ['db-0'] },
      },
    },
  ]);
  t.equal(azure.entraId.requests.at(-1), `POST /${TENANT}/oauth2/v2.0/token`);
  const [token = ''] = azure.entraId.tokens;
  t.equal(azure.entraId.scopeOf(token), 'https://vault.azure.net/.default');
  const asked = azure.vault.requests.filter((request) => request.startsWith('+'));
  t.same(new Set(asked), new Set(SECRETS.map((name) => `+/secrets/${name}`)), 'no list');
});

t.test('what changes in the vault alone is drifted, what is disabled orphaned', async (t) => {
  azure.vault.setSecret('password', `${CANARY} rotated`);
  azure.vault.disable('/secrets/token');
  // Rounds are five minutes apart; a sidecar that starts again begins with one.
  await kill(db, SIDECAR);
  await db.until('with a new sidecar', (pod) => statusOf(pod, SIDECAR).restartCount === 1);
  const { state, objects } = await compared();
  t.equal(state, 'orphaned', 'the worst');
  const found = objects.map((each) => [each.path.replace(/.*\//, ''), each.state]);
  t.strictSame(Object.fromEntries(found), {
    password: 'drifted',
    token: 'orphaned',
    user: 'fresh',
  });
  const orphaned = objects.find((each) => each.state === 'orphaned');
  t.match(orphaned?.message, /the next pod start will fail/);
});

t.test('no value and no token is in any object, log, status or metric', async (t) => {
  const said = { ...(await objectsSaid(api)), ...(await sidecarSaid(db, true)) };
  for (const word of [CANARY, ...azure.entraId.tokens]) t.strictSame(whoSays(said, word), []);
});

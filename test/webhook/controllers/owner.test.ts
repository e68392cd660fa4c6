import t from 'tap';
import { electLeader } from '../../../webhook/controllers/leader.ts';
import { addOwner, type Owner } from '../../../webhook/controllers/owner.ts';
import { kubeSecretStore } from '../../../webhook/controllers/secret-store.ts';
import { FakeKube, refusal, settled } from '../../support/fake-kube.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { MemoryLog } from '../../support/memory-log.ts';

const owner: Owner = { kind: 'ConfigMap', name: 'release' };
const own = { apiVersion: 'v1', kind: 'ConfigMap', name: 'release', uid: 'u-1' };
const foreign = { apiVersion: 'v1', kind: 'Pod', name: 'release', uid: 'u-2' };
const CONFIG_MAP = '/api/v1/namespaces/system/configmaps/release';

/** An API server with the owner, and with one object wherever else it is asked. */
function server(metadata: object = {}) {
  return new FakeKube(({ path, method }) => {
    if (path === CONFIG_MAP) return { metadata: { uid: 'u-1' } };
    return method === 'GET' ? { metadata: { resourceVersion: '1', ...metadata }, spec: {} } : {};
  });
}

const surroundings = () => ({ clock: new ManualClock(), log: new MemoryLog(), random: () => 0 });
const store = (kube: FakeKube) =>
  kubeSecretStore(kube, { namespace: 'system', name: 'certs', owner }, surroundings());

t.test('the owner is added to what is there, once', async (t) => {
  t.strictSame(await addOwner(server(), 'system', owner), [own]);
  t.strictSame(await addOwner(server(), 'system', owner, [foreign]), [foreign, own]);
  t.equal(await addOwner(server(), 'system', owner, [own]), undefined);
  t.equal(await addOwner(server(), 'system', undefined), undefined);
});

t.test('a Secret is created with its owner, or not at all', async (t) => {
  const kube = server();
  await store(kube).create({ 'tls.crt': 'cert' });
  t.match(kube.requests.at(-1)?.body, { metadata: { ownerReferences: [own] } });
  const orphaned = new FakeKube(() => {
    throw refusal(404);
  });
  await t.rejects(store(orphaned).create({}), refusal(404));
  t.same(
    orphaned.requests.map(({ method }) => method),
    ['GET'],
  );
});

t.test('a Secret without it gets it at the next write, and keeps the others', async (t) => {
  const stored = { files: {}, resourceVersion: '1', rotationAsked: true };
  const kube = server({ ownerReferences: [foreign] });
  await store(kube).update(stored);
  t.match(kube.requests.at(-1)?.body, { metadata: { ownerReferences: [foreign, own] } });
  const owned = server({ ownerReferences: [own] });
  await store(owned).update(stored);
  t.strictSame(owned.requests.at(-1)?.body, {
    metadata: { resourceVersion: '1' },
    data: { 'tls.crt': null, 'tls.key': null, 'ca.crt': null, 'ca.key': null, 'next-ca.key': null },
  });
});

t.test('so does a Lease', async (t) => {
  const { answer } = server();
  for (const isThere of [true, false]) {
    const kube = new FakeKube((request) => {
      const isLease = request.path.endsWith('/leader');
      if (isLease && request.method === 'GET' && !isThere) throw refusal(404);
      return answer(request);
    });
    const labels = { team: 'platform' };
    const options = { namespace: 'system', name: 'leader', identity: 'one', owner, labels };
    const end = new AbortController();
    const running = electLeader(kube, options, surroundings()).run(end.signal);
    await settled();
    const written = kube.requests.at(-1);
    t.equal(written?.method, isThere ? 'PATCH' : 'POST');
    t.match(written?.body, { metadata: { ownerReferences: [own] } });
    if (!isThere) t.match(written?.body, { metadata: { name: 'leader', labels } });
    end.abort();
    await running;
  }
});

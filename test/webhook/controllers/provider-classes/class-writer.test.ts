import t from 'tap';
import {
  createClass,
  deleteClass,
  readClass,
  restoreClass,
} from '../../../../webhook/controllers/provider-classes/class-writer.ts';
import { FakeKube } from '../../../support/fake-kube.ts';
import { vaultClass } from '../../../support/vault-set.ts';

const never = new AbortController().signal;
const COLLECTION = '/apis/secrets-store.csi.x-k8s.io/v1/namespaces/shop/secretproviderclasses';
const query = { fieldManager: 'zonekeeper-classes' };

const wanted = vaultClass('db', 'one');
const path = `${COLLECTION}/${wanted.metadata.name}`;
const labels = { 'app.kubernetes.io/managed-by': 'zonekeeper' };
const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid: 'u1' };
const set = {
  namespace: 'shop',
  name: 'db',
  uid: 'u1',
  resourceVersion: '7',
  annotations: {},
  isDeleting: false,
};

/** The one request that is sent. */
async function sent(action: (kube: FakeKube) => Promise<unknown>): Promise<unknown> {
  const kube = new FakeKube(() => ({}));
  await action(kube);
  return kube.requests.length === 1 ? kube.requests[0] : kube.requests;
}

t.test(
  'a class is created with its owner, which neither controls it nor waits for it',
  async (t) => {
    const request = await sent((kube) => createClass(kube, wanted, set, never));
    t.strictSame(request, {
      method: 'POST',
      path: COLLECTION,
      query,
      body: { ...wanted, metadata: { ...wanted.metadata, labels, ownerReferences: [owner] } },
    });
  },
);

t.test('a class is put back whole, if it is still the one that was read', async (t) => {
  const config = { apiVersion: 'v1', kind: 'ConfigMap', name: 'db', uid: 'u2' };
  const predecessor = { ...owner, uid: 'u0' };
  const other = { ...owner, name: 'other', uid: 'u3' };
  const live = {
    metadata: {
      resourceVersion: '5',
      labels: { team: 'db', 'app.kubernetes.io/managed-by': 'me' },
      ownerReferences: [config, predecessor, other],
    },
    spec: { provider: 'other' },
  };
  t.strictSame(await sent((kube) => restoreClass(kube, live, wanted, set, never)), {
    method: 'PATCH',
    path,
    query,
    contentType: 'application/json-patch+json',
    body: [
      { op: 'replace', path: '/metadata/resourceVersion', value: '5' },
      { op: 'add', path: '/metadata/labels', value: { team: 'db', ...labels } },
      { op: 'add', path: '/metadata/ownerReferences', value: [config, other, owner] },
      { op: 'add', path: '/spec', value: wanted.spec },
    ],
  });
});

t.test('a class is deleted if it is still the one that was seen', async (t) => {
  const { name } = wanted.metadata;
  const seen = {
    uid: 'u4',
    resourceVersion: '5',
    digest: '',
    sets: [],
    isMade: true,
    isDeleting: false,
  };
  t.strictSame(await sent((kube) => deleteClass(kube, 'shop', name, seen, never)), {
    method: 'DELETE',
    path,
    body: { preconditions: { uid: 'u4', resourceVersion: '5' } },
  });
  t.strictSame(await sent((kube) => readClass(kube, 'shop', name, never)), {
    method: 'GET',
    path,
  });
});

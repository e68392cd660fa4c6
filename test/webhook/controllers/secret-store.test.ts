import t from 'tap';
import { kubeSecretStore, ROTATE_CA } from '../../../webhook/controllers/secret-store.ts';
import { FakeKube, refusal, settled } from '../../support/fake-kube.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { MemoryLog } from '../../support/memory-log.ts';

const SECRETS = '/api/v1/namespaces/system/secrets';
const FILES = { 'tls.crt': 'cert', 'tls.key': 'key', 'ca.crt': 'ca', 'ca.key': 'ca key' };
const DATA = {
  'tls.crt': 'Y2VydA==',
  'tls.key': 'a2V5',
  'ca.crt': 'Y2E=',
  'ca.key': 'Y2Ega2V5',
};

function store(answer: FakeKube['answer'] = () => ({})) {
  const kube = new FakeKube(answer);
  const labels = { 'app.kubernetes.io/name': 'zonekeeper' };
  const surroundings = { clock: new ManualClock(), log: new MemoryLog() };
  const secret = { namespace: 'system', name: 'certs', labels };
  return { kube, labels, store: kubeSecretStore(kube, secret, surroundings) };
}

const refusing = (status: number) => () => {
  throw refusal(status);
};

t.test('what a Secret holds is read as text', async (t) => {
  const metadata = { resourceVersion: '7' };
  t.strictSame(await store(() => ({ metadata, data: DATA })).store.read(), {
    files: FILES,
    resourceVersion: '7',
    rotationAsked: false,
  });
  t.strictSame((await store(() => ({ metadata })).store.read())?.files, {});
});

t.test('the annotation asks for a new CA, if it says true', async (t) => {
  const read = (value: string) =>
    store(() => ({ metadata: { annotations: { [ROTATE_CA]: value } } })).store.read();
  t.equal((await read('true'))?.rotationAsked, true);
  t.equal((await read('false'))?.rotationAsked, false);
});

t.test('a Secret that is not there is none; one that may not be read is an error', async (t) => {
  t.equal(await store(refusing(404)).store.read(), undefined);
  await t.rejects(store(refusing(403)).store.read(), refusal(403));
});

t.test('a first Secret has a type and the labels it is found by', async (t) => {
  const { kube, labels, store: first } = store();
  t.equal(await first.create(FILES), 'done');
  t.strictSame(kube.requests[0], {
    method: 'POST',
    path: SECRETS,
    body: { metadata: { name: 'certs', labels }, type: 'kubernetes.io/tls', data: DATA },
  });
});

t.test('of two that create it one wins', async (t) => {
  t.equal(await store(refusing(409)).store.create(FILES), 'lost');
  await t.rejects(store(refusing(404)).store.create(FILES), refusal(404), 'no namespace');
});

t.test('an update names what it is based on, and touches nothing of others', async (t) => {
  const { kube, store: updated } = store();
  const stored = { files: FILES, resourceVersion: '7', rotationAsked: true };
  t.equal(await updated.update(stored), 'done');
  t.strictSame(kube.requests.at(-1), {
    method: 'PATCH',
    path: `${SECRETS}/certs`,
    contentType: 'application/merge-patch+json',
    body: {
      metadata: { resourceVersion: '7' },
      data: { 'next-ca.key': null, ...DATA },
    },
  });
});

t.test('a question for a new CA is taken away when it is fulfilled', async (t) => {
  const { kube, store: updated } = store();
  await updated.update({ files: FILES, resourceVersion: '7', rotationAsked: false });
  t.match(kube.requests.at(-1)?.body, { metadata: { annotations: { [ROTATE_CA]: null } } });
});

t.test('an update loses against another one and against a deletion', async (t) => {
  const stored = { files: FILES, resourceVersion: '7', rotationAsked: false };
  t.equal(await store(refusing(409)).store.update(stored), 'lost');
  t.equal(await store(refusing(404)).store.update(stored), 'lost');
  await t.rejects(store(refusing(422)).store.update(stored), refusal(422));
});

t.test('changes of this one Secret are told', async (t) => {
  const { kube, store: watched } = store(() => ({ metadata: { resourceVersion: '1' } }));
  const end = new AbortController();
  let changes = 0;
  const watching = watched.watch(end.signal, () => {
    changes += 1;
  });
  const watch = await kube.watching(SECRETS);
  t.equal(watch.query.fieldSelector, 'metadata.name=certs');
  const before = changes;
  watch.push('MODIFIED', { metadata: { name: 'certs', resourceVersion: '2' }, data: DATA });
  await settled();
  t.equal(changes, before + 1);
  end.abort();
  await watching;
});

import t from 'tap';
import { readLiveSet } from '../../../../webhook/controllers/provider-classes/live-set.ts';
import { FakeKube, refusal } from '../../../support/fake-kube.ts';

const never = new AbortController().signal;
const set = { namespace: 'shop', name: 'db', uid: 'u1' };
const metadata = { name: 'db', namespace: 'shop', uid: 'u1' };

const read = (answer: FakeKube['answer']) => readLiveSet(new FakeKube(answer), set, never);

t.test('a set is read as it is', async (t) => {
  const kube = new FakeKube(() => ({ metadata }));
  t.strictSame(await readLiveSet(kube, set, never), { metadata });
  const path = '/apis/apps/v1/namespaces/shop/statefulsets/db';
  t.strictSame(kube.requests, [{ method: 'GET', path }]);
});

t.test('one that is gone, going or another is none', async (t) => {
  const gone = () => {
    throw refusal(404);
  };
  t.equal(await read(gone), undefined);
  t.equal(await read(() => ({ metadata: { ...metadata, uid: 'u2' } })), undefined);
  const deletionTimestamp = '2026-11-21T12:00:00Z';
  t.equal(await read(() => ({ metadata: { ...metadata, deletionTimestamp } })), undefined);
});

t.test('any other answer is a failure', async (t) => {
  const refused = () => {
    throw refusal(500);
  };
  await t.rejects(read(refused), { message: 'refused with 500' });
});

import t from 'tap';
import {
  classFacts,
  digestOf,
} from '../../../../webhook/controllers/provider-classes/class-facts.ts';

const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid: 'u1' };
const other = { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'u2' };

t.test('the digest is that of the content, whatever the order of its keys', async (t) => {
  const digest = digestOf({ provider: 'azure', parameters: { a: '1', b: '2' }, list: [{ c: 1 }] });
  t.equal(
    digestOf({ list: [{ c: 1 }], parameters: { b: '2', a: '1' }, provider: 'azure' }),
    digest,
  );
  for (const changed of [
    { provider: 'azure', parameters: { a: '1', b: '2' }, list: [] },
    { provider: 'azure', parameters: { a: '1' }, list: [{ c: 1 }] },
    { provider: 'azure', parameters: { a: '2', b: '1' }, list: [{ c: 1 }] },
  ]) {
    t.not(digestOf(changed), digest);
  }
});

t.test('of a class its sets are kept, and whether it was made', async (t) => {
  const metadata = {
    name: 'class',
    namespace: 'shop',
    uid: 'u3',
    resourceVersion: '7',
    ownerReferences: [other, set, { ...set, apiVersion: 'example.test/v1' }],
    managedFields: [{ manager: 'kubectl' }, { manager: 'zonekeeper-classes' }],
  };
  const object = { metadata, spec: { provider: 'azure' } };
  t.strictSame(classFacts(object), {
    uid: 'u3',
    resourceVersion: '7',
    digest: digestOf({ provider: 'azure' }),
    sets: [{ name: 'db', uid: 'u1' }],
    isMade: true,
    isDeleting: false,
  });
  const foreign = {
    ...metadata,
    managedFields: [{ manager: 'kubectl' }],
    deletionTimestamp: 'now',
  };
  t.match(classFacts({ metadata: foreign }), { isMade: false, isDeleting: true });
  t.match(classFacts({}), { isMade: false, sets: [], digest: digestOf({}) });
});

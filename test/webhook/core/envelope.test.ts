import t from 'tap';
import { readEnvelope } from '../../../webhook/core/envelope.ts';
import { sentence } from '../../../webhook/core/problems.ts';
import { reviewOf } from '../../support/arbitraries/review.ts';
import { manifest } from '../../support/statefulset.ts';

function withRequest(changes: object): object {
  const body = reviewOf(manifest());
  return { ...body, request: { ...(body.request as object), ...changes } };
}

function found(body: unknown): string {
  const envelope = readEnvelope(body);
  return 'malformed' in envelope ? sentence(envelope.malformed) : 'nothing';
}

t.test('what an admission needs is read from the request', async (t) => {
  const object = manifest();
  t.same(readEnvelope(reviewOf(object)), {
    uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
    operation: 'CREATE',
    namespace: 'shop',
    name: 'app',
    dryRun: false,
    forStatefulSet: true,
    object,
    oldObject: null,
  });
});

t.test('a body that is no AdmissionReview of v1 is malformed, with the reason', async (t) => {
  for (const body of [undefined, null, 'text', 7, [], [reviewOf({})]]) {
    t.match(found(body), /^ZK401 the request body has .+ at \(root\); expected an object;/);
  }
  t.match(
    found({ kind: 'AdmissionReview' }),
    /has nothing at apiVersion; expected admission.k8s.io\/v1;/,
  );
  const beta = { ...reviewOf({}), apiVersion: 'admission.k8s.io/v1beta1' };
  t.match(found(beta), /has "admission.k8s.io\/v1beta1" at apiVersion/);
  t.match(found({ ...reviewOf({}), kind: 'Pod' }), /has "Pod" at kind; expected AdmissionReview;/);
  t.match(found({ ...reviewOf({}), request: null }), /has nothing at request;/);
  t.match(found({ ...reviewOf({}), request: [] }), /has a list at request;/);
});

t.test('a request without its own name, verb or kind is malformed', async (t) => {
  t.match(found(withRequest({ uid: '' })), /has "" at request.uid; expected a string;/);
  t.match(found(withRequest({ uid: 7 })), /has a value of type number at request.uid;/);
  t.match(found(withRequest({ operation: null })), /has nothing at request.operation;/);
  t.match(found(withRequest({ kind: 'StatefulSet' })), /has "StatefulSet" at request.kind;/);
});

t.test('a long or unclean value does not fill the message', async (t) => {
  t.match(found({ ...reviewOf({}), kind: `a\n${'x'.repeat(999)}` }), /has "a x{38}" at kind/);
});

t.test('only whole StatefulSets of apps/v1 are ours', async (t) => {
  const isOurs = (changes: object) => {
    const envelope = readEnvelope(withRequest(changes));
    return 'malformed' in envelope ? undefined : envelope.forStatefulSet;
  };
  t.equal(isOurs({ subResource: '' }), true);
  t.equal(isOurs({ subResource: 'scale' }), false);
  t.equal(isOurs({ kind: { group: 'apps', version: 'v1', kind: 'Deployment' } }), false);
  t.equal(isOurs({ kind: { group: 'apps', version: 'v1beta2', kind: 'StatefulSet' } }), false);
  t.equal(isOurs({ kind: {} }), false);
});

t.test('a set that is still to get its name is known by what it asks for', async (t) => {
  const nameOf = (object: unknown, name?: string) => {
    const envelope = readEnvelope(withRequest({ object, name }));
    return 'malformed' in envelope ? undefined : envelope.name;
  };
  t.equal(nameOf({ metadata: { generateName: 'mysql-' } }), 'mysql-');
  t.equal(nameOf({ metadata: { name: 'mysql' } }), 'mysql');
  t.equal(nameOf({ metadata: { name: 'mysql' } }, ''), 'mysql');
  for (const object of [null, {}, { metadata: 1 }, { metadata: { name: 2 } }]) {
    t.equal(nameOf(object), '');
  }
});

t.test('what a request leaves out is taken for nothing', async (t) => {
  t.match(readEnvelope(withRequest({ namespace: 1, dryRun: 'yes' })), {
    namespace: '',
    dryRun: false,
  });
  t.match(readEnvelope(withRequest({ dryRun: true })), { dryRun: true });
});

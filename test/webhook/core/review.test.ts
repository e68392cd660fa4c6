import jsonPatch from 'fast-json-patch';
import t from 'tap';
import { type Reviewed, review } from '../../../webhook/core/review.ts';
import { assertValid, patchOf } from '../../support/answer.ts';
import { reviewOf } from '../../support/arbitraries/review.ts';
import { contextWith } from '../../support/context.ts';
import { arriving, copyOf, manifest, withPod } from '../../support/statefulset.ts';

function answered(body: object, changes: object = {}) {
  const { request } = body as { request: object };
  const reviewed: Reviewed = review(
    { ...body, request: { ...request, ...changes } },
    contextWith(),
  );
  assertValid(reviewed, '705ab4f5-6393-11e8-b7cc-42010a800002');
  if (reviewed.malformed !== undefined) throw new Error('malformed');
  return { ...reviewed, patch: patchOf(reviewed), response: reviewed.answer.response };
}

t.test('a creation is answered with a patch and reported', async (t) => {
  const { report, patch, response } = answered(reviewOf(arriving(manifest())), { dryRun: true });
  t.same(report, {
    uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
    operation: 'CREATE',
    namespace: 'shop',
    name: 'app',
    dryRun: true,
    outcome: 'injected',
    injections: ['storage'],
    codes: [],
    patched: true,
  });
  t.same(patch.map(({ path }) => path).sort(), [
    '/metadata/annotations/zonekeeper.io~1injected',
    '/spec/volumeClaimTemplates/0/spec/storageClassName',
  ]);
  t.same(response.auditAnnotations, { outcome: 'injected', injections: 'storage' });
});

t.test('an update that changes nothing is answered without a patch', async (t) => {
  const set = arriving(manifest());
  const { report, response } = answered(reviewOf(set, set));
  t.match(report, { operation: 'UPDATE', outcome: 'untouched', patched: false, codes: ['ZK217'] });
  t.equal(response.patch, undefined);
});

t.test('a refusal is reported with its codes, each once', async (t) => {
  const asks = { inject: 'true', 'fast-failover': 'x', 'storage-class': 'X', colour: 'red' };
  const { report, response } = answered(reviewOf(arriving(manifest({ asks }))));
  t.match(report, { outcome: 'denied', patched: false, injections: [], codes: ['ZK103', 'ZK201'] });
  t.match(response, { allowed: false, status: { code: 422 } });
});

t.test('what is not for a whole StatefulSet is let pass untouched', async (t) => {
  const body = reviewOf(arriving(manifest({ asks: { inject: 'nonsense' } })));
  for (const changes of [
    { operation: 'DELETE', object: null },
    { operation: 'CONNECT' },
    { subResource: 'scale' },
    { kind: { group: 'apps', version: 'v1', kind: 'Deployment' } },
  ]) {
    const { report, response } = answered(body, changes);
    t.match([report, response], [{ outcome: 'untouched' }, { allowed: true }]);
  }
});

t.test('nothing stands in the way of a set that is being deleted', async (t) => {
  const asks = { inject: 'nonsense' };
  const metadata = { deletionTimestamp: '2026-11-22T12:00:00Z', finalizers: [] };
  const { report } = answered(reviewOf(manifest({ asks, metadata }), manifest({ asks })));
  t.match(report, { outcome: 'untouched', codes: [] });
});

t.test(
  'an object that is no StatefulSet is refused with the path, the stored one too',
  async (t) => {
    const set = manifest();
    const broken = withPod(set, { containers: {} });
    t.match(
      answered(reviewOf(broken)).response.status?.message,
      /ZK110 spec.template.spec.containers is/,
    );
    t.match(
      answered(reviewOf(set, broken)).response.status?.message,
      /ZK110 oldObject.spec.template.spec.containers is/,
    );
    for (const object of [null, 'x', 1, []]) {
      t.match(answered(reviewOf(object)).report, { outcome: 'denied', codes: ['ZK110'] });
    }
  },
);

t.test('labels may be called like methods of every object', async (t) => {
  const labels = { valueOf: 'a', toString: 'b', constructor: 'c', hasOwnProperty: 'd' };
  const set = withPod(arriving(manifest()), { nodeSelector: labels });
  t.match(answered(reviewOf(set)).report, { outcome: 'injected' });
  const changed = withPod(set, { nodeSelector: { ...labels, valueOf: 'x' } });
  t.match(answered(reviewOf(changed, set)).report, { outcome: 'injected' });
  t.match(answered(reviewOf(copyOf(set), set)).report, { outcome: 'untouched' });
});

t.test('values nested thousands deep are malformed, not the end of the process', async (t) => {
  const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
  const other = JSON.parse(`${'['.repeat(49_999)}${']'.repeat(49_999)}`);
  const [set, stored] = [deep, other].map((odd) => withPod(manifest(), { odd }));
  const { malformed } = review(reviewOf(set, stored), contextWith());
  t.match(malformed, { code: 'ZK401', found: /values nested too deeply at request/ });
});

t.test('an error that is not of that kind is not hidden', async (t) => {
  const broken = { ...contextWith(), configuration: undefined } as unknown as ReturnType<
    typeof contextWith
  >;
  t.throws(() => review(reviewOf(manifest()), broken), TypeError);
});

t.test('a patch that does not reproduce the result is never sent', async (t) => {
  t.intercept(jsonPatch, 'applyPatch', { value: () => ({ newDocument: {} }) });
  const { report, patch, response } = answered(reviewOf(arriving(manifest())));
  t.match(report, { outcome: 'denied', patched: false, codes: ['ZK111'] });
  t.same(patch, []);
  t.match(response.status?.message, /ZK111 the patch made for "app" does not reproduce/);
});

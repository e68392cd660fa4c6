import t from 'tap';
import { denied, injectionsOf, mutated } from '../../../webhook/core/mutation.ts';
import { problem } from '../../../webhook/core/problems.ts';
import type { StatefulSet } from '../../../webhook/core/statefulset.ts';
import { claim, MARKER, manifest } from '../../support/statefulset.ts';

function partsOf({ spec }: StatefulSet) {
  return { template: spec.template, claims: spec.volumeClaimTemplates, marker: undefined };
}

t.test('a set of which nothing changes is the very object', async (t) => {
  const set = manifest();
  const { object, outcome, denials } = mutated(set, partsOf(set), 'untouched', []);
  t.equal(object, set);
  t.same([outcome, denials], ['untouched', []]);
  const none = manifest({ spec: { volumeClaimTemplates: null } });
  t.equal(mutated(none, partsOf(none), 'untouched', []).object, none);
});

t.test('what does not change is shared with the object that came in', async (t) => {
  const set = manifest();
  const claims = [
    claim('data', { storageClassName: 'zrs' }),
  ] as unknown as typeof set.spec.volumeClaimTemplates;
  const { object } = mutated(set, { ...partsOf(set), claims }, 'injected', []);
  t.equal(object.metadata, set.metadata);
  t.equal(object.spec.template, set.spec.template);
  t.equal(object.spec.volumeClaimTemplates, claims);
});

t.test('the marker is written among the annotations and taken away again', async (t) => {
  const set = manifest({ annotations: { 'example.com/team': 'db' } });
  const marker = { v: 1, claims: { data: 'zrs' } } as const;
  const put = mutated(set, { ...partsOf(set), marker }, 'injected', []);
  t.same(put.object.metadata.annotations, {
    ...set.metadata.annotations,
    [MARKER]: '{"v":1,"claims":{"data":"zrs"}}',
  });
  t.same(put.injections, ['storage']);
  t.equal(mutated(put.object, { ...partsOf(set), marker }, 'kept', []).object, put.object);
  t.same(mutated(put.object, partsOf(set), 'stripped', []).object, set);
});

t.test('a set without annotations can be marked', async (t) => {
  const set = manifest({ metadata: { annotations: null } });
  const { object } = mutated(set, { ...partsOf(set), marker: { v: 1 } }, 'injected', []);
  t.same(object.metadata.annotations, { [MARKER]: '{"v":1}' });
});

t.test('a refusal gives the object back and tells why', async (t) => {
  const set = manifest();
  const why = [problem('ZK101', { value: 'yes' })];
  t.same(denied(set, why, []), {
    object: set,
    denials: why,
    warnings: [],
    outcome: 'denied',
    injections: [],
  });
});

t.test('what a set holds of ours is told in one order', async (t) => {
  t.same(injectionsOf(undefined), []);
  t.same(injectionsOf({ v: 1, claims: {} }), []);
  t.same(
    injectionsOf({
      v: 1,
      failover: { seconds: 30, keys: [] },
      placement: { group: 'a', made: 'affinity' },
      secrets: [],
      claims: { data: 'zrs' },
      scheduler: { name: 'volcano' },
    }),
    ['scheduler', 'storage', 'secrets', 'placement', 'failover'],
  );
});

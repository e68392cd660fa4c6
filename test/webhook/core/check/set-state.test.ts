import t from 'tap';
import { setStateOf } from '../../../../webhook/core/check/set-state.ts';
import type { StatefulSet } from '../../../../webhook/core/statefulset.ts';
import { create, update } from '../../../support/admission.ts';
import { appliedBy, stored } from '../../../support/cluster-facts.ts';
import { contextWith, profiles } from '../../../support/context.ts';
import { annotated, arriving, MARKER, manifest, withPod } from '../../../support/statefulset.ts';

const stateOf = (set: StatefulSet, context = contextWith()) => setStateOf(set, context);

t.test('an injected set tells by whom and as what', async (t) => {
  t.match(stateOf(stored()), {
    namespace: 'shop',
    name: 'mysql',
    state: 'injected',
    marker: { by: '0.1.0', profile: 'default' },
    injections: ['storage'],
    reapply: 'unchanged',
    next: [],
  });
});

t.test('a set that was stored past the webhook was never injected', async (t) => {
  const state = stateOf(arriving(manifest({ asks: { inject: 'true', profile: 'azuredisk-v2' } })));
  t.match(state, { state: 'never-injected', injections: [], next: ['scheduler'] });
});

t.test('a marker that was edited is damage', async (t) => {
  t.equal(stateOf(annotated(stored(), { [MARKER]: '{}' })).state, 'damaged');
});

t.test('opted out and never opted in are two states', async (t) => {
  const out = update(manifest({ asks: { inject: 'false' } }), stored(), contextWith()).stored;
  t.match(stateOf(out), { state: 'opted-out', injections: ['storage'] });
  t.equal(stateOf(arriving(manifest({ asks: { profile: 'x' } }))).state, 'not-opted-in');
});

t.test('without a last applied manifest nobody knows what an apply does', async (t) => {
  const { stored: set } = create(manifest(), contextWith());
  t.match(stateOf(set), { manifest: undefined, reapply: 'unknown' });
  t.equal(stateOf(annotated(stored(), lastApplied('no JSON'))).reapply, 'unknown');
  t.equal(stateOf(annotated(stored(), lastApplied('{"spec":{}}'))).reapply, 'unknown');
});

const lastApplied = (text: string) => ({
  'kubectl.kubernetes.io/last-applied-configuration': text,
});

t.test('a live template that was changed since is put back by an apply', async (t) => {
  const set = withPod(stored(), { terminationGracePeriodSeconds: 5 });
  t.equal(stateOf(set).reapply, 'unchanged', 'a field that the manifest does not name stays');
  const named = manifest({ pod: { priorityClassName: 'high' } });
  const changed = withPod(appliedBy(stored(), named), { priorityClassName: 'low' });
  t.match(stateOf(changed), { reapply: 'restart', otherwise: [] });
});

t.test('a manifest that asks otherwise is told with what', async (t) => {
  const asked = manifest({ asks: { inject: 'true', 'fast-failover': '30s' } });
  t.match(stateOf(appliedBy(stored(), asked)), {
    reapply: 'restart',
    otherwise: ['fast-failover'],
  });
  const wrong = manifest({ asks: { inject: 'true', 'fast-failover': '1h' } });
  t.match(stateOf(appliedBy(stored(), wrong)), { reapply: 'refused', next: [] });
});

t.test('another configuration changes nothing until the next change', async (t) => {
  const configuration = profiles({ default: { storageClassName: 'x', schedulerName: 'own' } });
  t.match(stateOf(stored(), contextWith({ configuration })), {
    reapply: 'unchanged',
    next: ['scheduler'],
  });
});

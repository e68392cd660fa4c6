import t from 'tap';
import { checkManifest } from '../../../../webhook/core/check/manifests.ts';
import { mutateCreate } from '../../../../webhook/core/mutate.ts';
import type { StatefulSet } from '../../../../webhook/core/statefulset.ts';
import { contextWith, profiles } from '../../../support/context.ts';
import { annotated, type Given, MARKER, manifest } from '../../../support/statefulset.ts';

const offline = contextWith({ offline: true });
const injected = (given: Given = {}, context = offline): StatefulSet =>
  mutateCreate(manifest(given), 'shop', context).object;

function check(set: StatefulSet, context = offline) {
  const { set: state, found } = checkManifest(set, context);
  return { ...state, found: found.map(({ level, problem }) => `${level} ${problem.code}`) };
}

t.test('a manifest that the webhook is to inject is sound', async (t) => {
  t.match(check(manifest()), { name: 'mysql', state: 'opted-in', next: ['storage'], found: [] });
  t.notOk('namespace' in check(manifest()), 'it goes wherever it is applied');
});

t.test('everything that would be refused or warned about is told', async (t) => {
  const asks = { inject: 'true', 'fast-failover': '1h', profile: 'none', typo: 'x' };
  t.strictSame(check(manifest({ asks })).found, ['error ZK102', 'error ZK103', 'warning ZK201']);
});

t.test('a committed injection is sound as long as inject would make the same', async (t) => {
  const set = injected();
  t.match(check(set), { state: 'injected', offline: true, version: '0.1.0', next: [], found: [] });
  t.strictSame(check(set, { ...offline, version: '9.9.9' }).found, [], 'by a newer version');
  const configuration = profiles({ default: { schedulerName: 'own' } });
  t.match(check(set, { ...offline, configuration }), {
    next: ['scheduler'],
    found: ['warning ZK744'],
  });
  const asked = annotated(set, { 'zonekeeper.io/fast-failover': '30s' });
  t.strictSame(check(asked).found, ['warning ZK744']);
});

t.test('the YAML of a live set is not called stale', async (t) => {
  const live = injected({}, contextWith());
  const configuration = profiles({ default: { schedulerName: 'own' } });
  t.strictSame(check(live, { ...offline, configuration }).found, []);
});

t.test('other states are told as well', async (t) => {
  t.equal(check(annotated(manifest(), { [MARKER]: '{}' })).state, 'damaged');
  t.equal(check(manifest({ asks: { profile: 'default' } })).state, 'not-opted-in');
  const out = annotated(injected(), { 'zonekeeper.io/inject': 'false' });
  t.equal(check(out).state, 'opted-out');
});

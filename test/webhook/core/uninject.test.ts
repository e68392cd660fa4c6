import t from 'tap';
import { mutateCreate } from '../../../webhook/core/mutate.ts';
import { uninject } from '../../../webhook/core/uninject.ts';
import { contextWith } from '../../support/context.ts';
import { annotated, claim, MARKER, manifest } from '../../support/statefulset.ts';

const EVERYTHING = {
  inject: 'true',
  profile: 'azuredisk-v2',
  'secret-provider-class': 'vault',
  'proximity-placement-group': 'ppg-1',
  'fast-failover': '30s',
};

t.test('a manifest becomes what it was before the injection', async (t) => {
  const set = manifest({
    asks: EVERYTHING,
    claims: [claim(), claim('logs', { storageClassName: 'mine' })],
  });
  const { object } = mutateCreate(set, 'shop', contextWith({ offline: true }));
  t.not(object, set);
  t.same(uninject(object), { object: set, warnings: [] });
});

t.test('a class that somebody has changed since stays', async (t) => {
  const marker = '{"v":1,"claims":{"data":"zrs"}}';
  const set = manifest({
    annotations: { [MARKER]: marker },
    claims: [claim('data', { storageClassName: 'mine' })],
  });
  t.same(uninject(set).object, annotated(set, { [MARKER]: undefined }));
});

t.test('a manifest without marker is the very one', async (t) => {
  const set = manifest();
  t.equal(uninject(set).object, set);
});

t.test('a marker that cannot be read tells nothing, so nothing is taken out', async (t) => {
  const set = manifest({ annotations: { [MARKER]: '{"v":2}' }, pod: { schedulerName: 'volcano' } });
  const { object, warnings } = uninject(set);
  t.equal(object, set);
  t.match(warnings, [{ code: 'ZK218' }]);
});

t.test('a manifest without claim templates can be undone', async (t) => {
  const set = manifest({ asks: EVERYTHING, spec: { volumeClaimTemplates: null } });
  const { object } = mutateCreate(set, 'shop', contextWith({ offline: true }));
  t.same(uninject(object).object, set);
});

import t from 'tap';
import { classesOf } from '../../../../webhook/core/secrets/classes-of.ts';
import type { StatefulSet } from '../../../../webhook/core/statefulset.ts';
import { create, update } from '../../../support/admission.ts';
import { contextWith, profiles } from '../../../support/context.ts';
import { flexVolume } from '../../../support/flexvolume.ts';
import { annotated, manifest, withPod } from '../../../support/statefulset.ts';

const CONTEXT = contextWith();
const STRICT = contextWith({
  configuration: profiles({ default: { allowed: { keyVaults: ['contoso-test'] } } }),
});

const volumes = (options = {}) => [{ name: 'creds', flexVolume: flexVolume(options) }];
const bare = (options = {}) => manifest({ pod: { volumes: volumes(options) } });

const classNames = (set: StatefulSet) => classesOf(set).map(({ metadata }) => metadata.name);

t.test(
  'the manifest with its FlexVolume applies over the converted set and changes nothing',
  async (t) => {
    const { stored } = create(bare(), CONTEXT);
    t.match(stored.spec.template.spec.volumes, [{ name: 'creds', csi: {} }]);
    t.same(update(bare(), stored, CONTEXT).stored.spec, stored.spec);
    t.same(update(stored, stored, CONTEXT).patch, []);
  },
);

t.test(
  'a manifest whose FlexVolume was merged beside the CSI volume changes nothing either',
  async (t) => {
    const { stored } = create(bare(), CONTEXT);
    const merged = stored.spec.template.spec.volumes?.map((volume) => ({
      ...volume,
      flexVolume: flexVolume(),
    }));
    t.same(update(withPod(stored, { volumes: merged }), stored, CONTEXT).stored.spec, stored.spec);
  },
);

t.test('the class of the stored set follows from its marker alone', async (t) => {
  const { stored } = create(bare(), CONTEXT);
  const [{ csi } = {}] = stored.spec.template.spec.volumes ?? [];
  t.same(classNames(stored), [csi?.volumeAttributes?.secretProviderClass]);
});

t.test('other options make another class, and so one rollout', async (t) => {
  const { stored } = create(bare(), CONTEXT);
  const next = update(bare({ keyvaultobjectnames: 'other;more' }), stored, CONTEXT).stored;
  t.not(classNames(next)[0], classNames(stored)[0]);
  t.match(next.spec.template.spec.volumes, [
    { csi: { volumeAttributes: { secretProviderClass: classNames(next)[0] } } },
  ]);
});

t.test('bounds that come later refuse no set that is as it was, only what is new', async (t) => {
  const { stored } = create(bare(), CONTEXT);
  t.same(update(bare(), stored, STRICT).mutation.denials, []);
  const image = update(withPod(bare(), { hostname: 'x' }), stored, STRICT);
  t.same(image.mutation.denials, []);
  t.same(classNames(image.stored), classNames(stored));
  const other = update(bare({ keyvaultname: 'fabrikam' }), stored, STRICT).mutation;
  t.match(other.denials, [{ code: 'ZK149' }]);
});

t.test('what would be refused today stays where the annotations ask for the same', async (t) => {
  const asks = { inject: 'true', flexvolume: 'convert', profile: 'silver' };
  const pod = { volumes: volumes({ keyvaultobjecttypes: 'secret;cert' }) };
  const set = manifest({ asks, pod });
  const silver = contextWith({ configuration: profiles({ default: {}, silver: {} }) });
  const { stored } = create(set, silver);
  const changed = update(withPod(set, { hostname: 'x' }), stored, CONTEXT);
  t.same(changed.mutation.denials, []);
  t.same(classNames(changed.stored), classNames(stored));
});

t.test('an opt-out gives the FlexVolume back', async (t) => {
  const { stored } = create(bare(), CONTEXT);
  const out = annotated(stored, { 'zonekeeper.io/inject': 'false' });
  t.same(update(out, stored, CONTEXT).stored.spec.template.spec.volumes, volumes());
});

t.test('so does the wish to keep it', async (t) => {
  const { stored } = create(bare(), CONTEXT);
  const kept = annotated(bare(), { 'zonekeeper.io/flexvolume': 'keep' });
  t.same(update(kept, stored, CONTEXT).stored.spec.template.spec.volumes, volumes());
});

t.test('a marker that was made up goes no further than the FlexVolume that it names', async (t) => {
  const { stored } = create(bare(), CONTEXT);
  t.match(create(stored, STRICT).mutation.denials, [{ code: 'ZK149' }]);
});

t.test('a file in which fields are null is converted, and its marker can be read', async (t) => {
  const volume = { ...flexVolume({ usevmmanagedidentity: 'true' }), secretRef: null, fsType: null };
  const set = manifest({ pod: { volumes: [{ name: 'creds', flexVolume: volume }] } });
  const { stored } = create(set, CONTEXT);
  t.equal(classNames(stored).length, 1);
  t.same(update(stored, stored, CONTEXT).patch, []);
});

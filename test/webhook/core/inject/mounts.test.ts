import t from 'tap';
import { withoutMounts } from '../../../../webhook/core/inject/mounts.ts';

const KEPT = { name: 'data', mountPath: '/data' };
const GONE = { name: 'old', mountPath: '/old' };

t.test('the picked mounts go and everything else is shared', async (t) => {
  const spec = {
    initContainers: [{ name: 'init', volumeMounts: [KEPT] }],
    containers: [
      { name: 'app', volumeMounts: [GONE, KEPT] },
      { name: 'x', volumeMounts: [GONE] },
    ],
  };
  const bare = withoutMounts(spec, (_, { name }) => name === 'old');
  t.same(bare.containers, [{ name: 'app', volumeMounts: [KEPT] }, { name: 'x' }]);
  t.equal(bare.initContainers, spec.initContainers);
});

t.test('a spec in which nothing is picked is the very one', async (t) => {
  const spec = { containers: [{ name: 'app', volumeMounts: [KEPT] }, { name: 'x' }] };
  t.equal(
    withoutMounts(spec, () => false),
    spec,
  );
  const bare = {};
  t.equal(
    withoutMounts(bare, () => true),
    bare,
  );
});

t.test('a mount can be picked by its container', async (t) => {
  const spec = {
    containers: [
      { name: 'a', volumeMounts: [KEPT] },
      { name: 'b', volumeMounts: [KEPT] },
    ],
  };
  t.same(withoutMounts(spec, ({ name }) => name === 'a').containers, [
    { name: 'a' },
    { name: 'b', volumeMounts: [KEPT] },
  ]);
});

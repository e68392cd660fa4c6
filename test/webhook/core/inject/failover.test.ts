import t from 'tap';
import { injectFailover, stripFailover } from '../../../../webhook/core/inject/failover.ts';
import type { Toleration } from '../../../../webhook/core/statefulset.ts';

const NOT_READY = 'node.kubernetes.io/not-ready';
const UNREACHABLE = 'node.kubernetes.io/unreachable';

function of(key: string, tolerationSeconds: number): Toleration {
  return { key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds };
}

t.test('both taints of a lost node are tolerated for that long', async (t) => {
  const { spec, entry, warnings } = injectFailover({ tolerations: [{ key: 'gpu' }] }, 30);
  t.same(spec.tolerations, [{ key: 'gpu' }, of(NOT_READY, 30), of(UNREACHABLE, 30)]);
  t.same(entry, { seconds: 30, keys: [NOT_READY, UNREACHABLE] });
  t.same(warnings, []);
});

t.test('what the template tolerates itself is never replaced', async (t) => {
  const own = of(NOT_READY, 600);
  const { spec, entry, warnings } = injectFailover({ tolerations: [own] }, 30);
  t.same(spec.tolerations, [own, of(UNREACHABLE, 30)]);
  t.same(entry, { seconds: 30, keys: [UNREACHABLE] });
  t.match(warnings, [{ code: 'ZK214', found: `the template already tolerates ${NOT_READY}` }]);
});

t.test('a toleration of everything leaves nothing to add', async (t) => {
  for (const own of [
    { operator: 'Exists' },
    { key: '', operator: 'Exists', effect: 'NoExecute' },
  ]) {
    const spec = { tolerations: [own] };
    const injected = injectFailover(spec, 30);
    t.equal(injected.spec, spec);
    t.equal(injected.entry, undefined);
    t.equal(injected.warnings.length, 2);
  }
});

t.test('a toleration of another effect does not count', async (t) => {
  const own = { key: NOT_READY, operator: 'Exists', effect: 'NoSchedule' };
  t.match(injectFailover({ tolerations: [own] }, 30).entry?.keys, [NOT_READY, UNREACHABLE]);
});

t.test('exactly what was put in is taken out', async (t) => {
  const given = { tolerations: [of(NOT_READY, 30), { key: 'gpu' }] };
  const { spec, entry } = injectFailover(given, 30);
  t.same(entry && stripFailover(spec, entry), given);
  const bare = { containers: [] };
  const injected = injectFailover(bare, 30);
  t.same(injected.entry && stripFailover(injected.spec, injected.entry), bare);
});

t.test('a toleration that somebody has changed since stays', async (t) => {
  const spec = {
    tolerations: [of(NOT_READY, 60), { ...of(UNREACHABLE, 30), effect: 'NoSchedule' }],
  };
  t.equal(stripFailover(spec, { seconds: 30, keys: [NOT_READY, UNREACHABLE] }), spec);
  t.same(stripFailover({}, { seconds: 30, keys: [NOT_READY] }), {});
});

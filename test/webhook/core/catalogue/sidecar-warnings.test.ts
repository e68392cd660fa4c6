import t from 'tap';
import { SIDECAR_WARNINGS } from '../../../../webhook/core/catalogue/sidecar-warnings.ts';
import { mutateCreate } from '../../../../webhook/core/mutate.ts';
import type { Problem } from '../../../../webhook/core/problems.ts';
import type { StatefulSet } from '../../../../webhook/core/statefulset.ts';
import { create, update } from '../../../support/admission.ts';
import { contextWith } from '../../../support/context.ts';
import { assertReadable } from '../../../support/messages.ts';
import { arriving, manifest, withPod } from '../../../support/statefulset.ts';

const CLASS = { inject: 'true', 'secret-provider-class': 'mysql-secrets' };

function stored(asks: Readonly<Record<string, string>>): StatefulSet {
  return create(manifest({ asks }), contextWith()).stored;
}

/** Ways to be warned, one for each code. */
const CASES: Readonly<Record<string, () => readonly Problem[]>> = {
  ZK240: () => {
    const live = stored(CLASS);
    const [sidecar, ...others] = live.spec.template.spec.initContainers ?? [];
    const edited = withPod(live, { initContainers: [{ ...sidecar, image: 'mine:1' }, ...others] });
    return update(edited, live, contextWith()).mutation.warnings;
  },
  ZK241: () => {
    const old = stored(CLASS);
    const next = withPod(manifest({ asks: { ...CLASS, sidecar: 'false' } }), { hostname: 'a' });
    const live = update(next, old, contextWith()).stored;
    const undone = { ...live, spec: { ...live.spec, template: old.spec.template } };
    return update(undone, live, contextWith()).mutation.warnings;
  },
  ZK242: () => {
    const set = arriving(manifest({ asks: { ...CLASS, verify: 'true' } }));
    return mutateCreate(set, 'shop', contextWith()).warnings;
  },
};

t.test('every warning can come about, and tells what to do in one line', async (t) => {
  t.same(Object.keys(CASES), Object.keys(SIDECAR_WARNINGS));
  for (const [code, provoke] of Object.entries(CASES)) {
    const problems = provoke();
    t.ok(
      problems.some((found) => found.code === code),
      code,
    );
    for (const found of problems) assertReadable(t, found);
  }
});

import t from 'tap';
import { injectPlacement, stripPlacement } from '../../../../webhook/core/inject/placement.ts';
import type { NodeSelectorTerm, PodSpec } from '../../../../webhook/core/statefulset.ts';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PPG = { key: 'kubernetes.azure.com/ppg', operator: 'In', values: ['ppg-1'] };
const ARM = { key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] };

function requiring(...nodeSelectorTerms: NodeSelectorTerm[]): PodSpec {
  return { affinity: { nodeAffinity: { [REQUIRED]: { nodeSelectorTerms } } } };
}

function throughAndBack(given: PodSpec) {
  const { spec, entry } = injectPlacement(given, 'ppg-1');
  return { spec, entry, back: entry && stripPlacement(spec, entry) };
}

t.test('whatever is missing to hold the requirement is made, and unmade again', async (t) => {
  const cases: readonly [string, object][] = [
    ['affinity', {}],
    ['nodeAffinity', { affinity: {} }],
    ['nodeAffinity', { affinity: { podAntiAffinity: {} } }],
    ['required', { affinity: { nodeAffinity: {} } }],
    ['required', { affinity: { nodeAffinity: { preferred: [] } } }],
  ];
  for (const [made, given] of cases) {
    const { spec, entry, back } = throughAndBack(given as PodSpec);
    t.same(spec.affinity?.nodeAffinity?.[REQUIRED], {
      nodeSelectorTerms: [{ matchExpressions: [PPG] }],
    });
    t.same(entry, { group: 'ppg-1', made });
    t.same(back, given);
  }
});

t.test('the requirement joins each of the alternatives', async (t) => {
  const field = { key: 'metadata.name', operator: 'In', values: ['node-1'] };
  const given = requiring({ matchExpressions: [ARM] }, { matchFields: [field] });
  const { spec, entry, back } = throughAndBack(given);
  t.same(
    spec,
    requiring({ matchExpressions: [ARM, PPG] }, { matchFields: [field], matchExpressions: [PPG] }),
  );
  t.same(entry, { group: 'ppg-1', made: 'expression' });
  t.same(back, given);
});

t.test('an empty alternative matches no node and is left so', async (t) => {
  const given = requiring({}, { matchExpressions: [ARM] });
  const { spec, back } = throughAndBack(given);
  t.same(spec, requiring({}, { matchExpressions: [ARM, PPG] }));
  t.same(back, given);
  for (const empty of [requiring({}), requiring()]) {
    t.equal(injectPlacement(empty, 'ppg-1').spec, empty);
  }
});

t.test('a group that the template requires itself is never joined by another', async (t) => {
  const given = requiring({ matchExpressions: [{ ...PPG, values: ['mine'] }] });
  const { spec, entry, warnings } = injectPlacement(given, 'ppg-1');
  t.equal(spec, given);
  t.equal(entry, undefined);
  t.match(warnings, [{ code: 'ZK215' }]);
});

t.test('an alternative of somebody else keeps what was made to hold ours', async (t) => {
  const both = requiring({ matchExpressions: [PPG] }, { matchExpressions: [ARM] });
  t.same(
    stripPlacement(both, { group: 'ppg-1', made: 'affinity' }),
    requiring({ matchExpressions: [ARM] }),
  );
});

t.test('what somebody else put beside the requirement keeps its place', async (t) => {
  const { spec } = injectPlacement({}, 'ppg-1');
  const affinity = { ...spec.affinity, podAntiAffinity: {} };
  t.same(stripPlacement({ affinity }, { group: 'ppg-1', made: 'affinity' }), {
    affinity: { podAntiAffinity: {} },
  });
});

t.test(
  'an alternative from which the user took all else goes, for empty it would match no node',
  async (t) => {
    const entry = { group: 'ppg-1', made: 'expression' } as const;
    const left = requiring({ matchExpressions: [PPG] });
    t.same(stripPlacement(left, entry), { affinity: { nodeAffinity: {} } });
    const one = requiring({ matchExpressions: [PPG] }, { matchExpressions: [ARM, PPG] });
    t.same(stripPlacement(one, entry), requiring({ matchExpressions: [ARM] }));
  },
);

t.test('a requirement that is not as it was put in stays', async (t) => {
  for (const own of [{ ...PPG, operator: 'NotIn' }, { ...PPG, values: ['ppg-1', 'ppg-2'] }, ARM]) {
    const spec = requiring({ matchExpressions: [own] });
    t.equal(stripPlacement(spec, { group: 'ppg-1', made: 'affinity' }), spec);
  }
  t.same(stripPlacement({}, { group: 'ppg-1', made: 'affinity' }), {});
});

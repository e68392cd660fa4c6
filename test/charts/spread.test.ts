import type { V1Deployment, V1PodDisruptionBudget } from '@kubernetes/client-node';
import t from 'tap';
import { all, one, render, type Values } from '../support/chart.ts';

const own = {
  matchLabels: {
    'app.kubernetes.io/name': 'zonekeeper',
    'app.kubernetes.io/instance': 'zonekeeper',
  },
};

async function constraints(values: Values = {}) {
  const object = one<V1Deployment>(await render(values), 'Deployment');
  return object.spec?.template.spec?.topologySpreadConstraints;
}

t.test('pods spread over zones and nodes where they can, revision by revision', async (t) => {
  const spread = (topologyKey: string) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: own,
    matchLabelKeys: ['pod-template-hash'],
  });
  t.strictSame(await constraints(), [
    spread('topology.kubernetes.io/zone'),
    spread('kubernetes.io/hostname'),
  ]);
});

t.test('a constraint with a selector of its own stays as it is', async (t) => {
  const constraint = {
    maxSkew: 2,
    topologyKey: 'topology.kubernetes.io/zone',
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: { matchLabels: { team: 'data' } },
  };
  t.strictSame(await constraints({ topologySpreadConstraints: [constraint] }), [constraint]);
});

t.test('no constraints, no field', async (t) => {
  t.equal(await constraints({ topologySpreadConstraints: [] }), undefined);
});

t.test('a drain takes one pod at a time, and any number that is not ready', async (t) => {
  const budget = one<V1PodDisruptionBudget>(await render(), 'PodDisruptionBudget');
  t.strictSame(budget.spec, {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    selector: own,
  });
});

t.test('the budget is a share, or none at all, by value', async (t) => {
  const share = await render({ podDisruptionBudget: { maxUnavailable: '50%' } });
  t.equal(one<V1PodDisruptionBudget>(share, 'PodDisruptionBudget').spec?.maxUnavailable, '50%');
  const none = await render({ podDisruptionBudget: { enabled: false } });
  t.strictSame(all(none, 'PodDisruptionBudget'), []);
});

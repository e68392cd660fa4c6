import t from 'tap';
import type { TemplatePlan } from '../../../webhook/core/plan.ts';
import {
  injectTemplate,
  sameTemplate,
  stripFormer,
  stripTemplate,
} from '../../../webhook/core/template.ts';

const NOTHING: TemplatePlan = {
  schedulerName: undefined,
  secrets: undefined,
  vault: undefined,
  flexVolumes: undefined,
  sidecar: undefined,
  environment: undefined,
  proximityPlacementGroup: undefined,
  fastFailover: undefined,
};
const ENTRY = { volume: 'zonekeeper-secrets', class: 'vault', path: '/mnt/secrets-store' };
const EVERYTHING: TemplatePlan = {
  schedulerName: 'volcano',
  secrets: { entries: [ENTRY], containers: ['app'] },
  vault: undefined,
  flexVolumes: undefined,
  sidecar: undefined,
  environment: undefined,
  proximityPlacementGroup: 'ppg-1',
  fastFailover: 30,
};
const BARE = { spec: { containers: [{ name: 'app' }, { name: 'helper' }] } };

t.test('a plan of nothing leaves the very template', async (t) => {
  const { template, record } = injectTemplate(BARE, NOTHING, []);
  t.equal(template, BARE);
  t.same(record, {});
});

t.test('everything that is put in is recorded, and the record takes it out again', async (t) => {
  const { template, record, denials, warnings } = injectTemplate(BARE, EVERYTHING, ['data']);
  t.same(record, {
    scheduler: { name: 'volcano' },
    secrets: [ENTRY],
    containers: ['app'],
    placement: { group: 'ppg-1', made: 'affinity' },
    failover: {
      seconds: 30,
      keys: ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'],
    },
  });
  t.same([denials, warnings], [[], []]);
  t.same(stripTemplate(template, record), BARE);
});

t.test('the template that comes in is not changed', async (t) => {
  const frozen = Object.freeze({ spec: Object.freeze({ ...BARE.spec }) });
  injectTemplate(frozen, EVERYTHING, []);
  t.same(frozen, BARE);
});

t.test('an empty record takes nothing out', async (t) => {
  t.equal(stripTemplate(BARE, {}), BARE);
});

t.test('what the template chooses itself is told of, all of it', async (t) => {
  const tolerations = [{ operator: 'Exists' }];
  const given = { spec: { ...BARE.spec, schedulerName: 'mine', tolerations } };
  const { record, warnings } = injectTemplate(given, { ...EVERYTHING, secrets: undefined }, []);
  t.same(Object.keys(record), ['placement']);
  t.same(
    warnings.map(({ code }) => code),
    ['ZK212', 'ZK214', 'ZK214'],
  );
});

t.test('every denial is told of', async (t) => {
  const plan = { ...EVERYTHING, secrets: { entries: [ENTRY], containers: ['nobody'] } };
  const { denials } = injectTemplate(BARE, plan, ['zonekeeper-secrets']);
  t.same(
    denials.map(({ code }) => code),
    ['ZK108', 'ZK106'],
  );
});

t.test('an unset scheduler is the default one', async (t) => {
  const named = { spec: { ...BARE.spec, schedulerName: 'default-scheduler' } };
  t.ok(sameTemplate(BARE, named));
  t.notOk(sameTemplate(BARE, { spec: { ...BARE.spec, schedulerName: 'volcano' } }));
  t.notOk(sameTemplate(BARE, { spec: { ...BARE.spec, volumes: [] } }));
});

t.test('what an undone rollout brings back is taken out, and nothing else', async (t) => {
  const former = { ...ENTRY, class: 'old' };
  const plan = { ...NOTHING, secrets: { entries: [former], containers: undefined } };
  const undone = injectTemplate(BARE, plan, []).template;
  t.same(
    stripFormer(undone, () => BARE, { secrets: [ENTRY] }),
    BARE,
  );
  t.equal(
    stripFormer(BARE, () => BARE, {}),
    BARE,
  );
});

import t from 'tap';
import { checkCluster } from '../../../../webhook/core/check/cluster.ts';
import type { ProbeFacts, WebhookFacts } from '../../../../webhook/core/check/facts.ts';
import { briefly, checked, SOUND_WEBHOOK } from '../../../support/cluster-facts.ts';

const withWebhook = (changes: Partial<WebhookFacts>) =>
  briefly(checked({ webhooks: [{ ...SOUND_WEBHOOK, ...changes }] }).findings);
const withProbe = (probe: ProbeFacts) => checked({ probe }).findings;

t.test('a webhook as the chart installs it is no finding', async (t) => {
  t.strictSame(withWebhook({}), []);
});

t.test('an installation that is not there is one error, whatever the dry run did', async (t) => {
  const { findings } = checked({ webhooks: [], probe: { outcome: 'passed-by' } });
  t.strictSame(briefly(findings), ['error ZK710']);
});

t.test('two installations are told by name', async (t) => {
  const { findings } = checked({ webhooks: [SOUND_WEBHOOK, { ...SOUND_WEBHOOK, name: 'other' }] });
  t.strictSame(briefly(findings), ['warning ZK711']);
  t.match(findings[0]?.problem.found, '"zonekeeper", "other"');
});

t.test('failurePolicy Ignore is a warning', async (t) => {
  t.strictSame(withWebhook({ failurePolicy: 'Ignore' }), ['warning ZK712 zonekeeper']);
});

t.test('matchConditions that differ in more than blanks are told by name', async (t) => {
  const [first, second] = SOUND_WEBHOOK.matchConditions;
  if (first === undefined || second === undefined) throw new Error('two are shipped');
  const spaced = { ...first, expression: first.expression.replaceAll(' ', '\n  ') };
  t.strictSame(withWebhook({ matchConditions: [spaced, second] }), []);
  const conditions = [
    { ...first, expression: 'true' },
    { name: 'own', expression: 'true' },
  ];
  const webhooks = [{ ...SOUND_WEBHOOK, matchConditions: conditions }];
  t.strictSame(
    checked({ webhooks }).findings.map(({ problem }) => problem.found),
    [
      'matchCondition "opted-in" is another expression',
      'matchCondition "not-being-deleted" is missing',
      'matchCondition "own" is not ours',
    ],
  );
});

t.test('rules that leave an operation out are an error for each', async (t) => {
  const [rule] = SOUND_WEBHOOK.rules;
  t.strictSame(withWebhook({ rules: [{ ...rule, operations: ['CREATE'] }] }), [
    'error ZK714 zonekeeper',
  ]);
  t.strictSame(withWebhook({ rules: [] }), ['error ZK714 zonekeeper', 'error ZK714 zonekeeper']);
  const all = { apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] };
  t.strictSame(withWebhook({ rules: [all] }), []);
});

t.test('replicas that are not ready warn, and none at all is an error', async (t) => {
  const deployment = { namespace: 'zonekeeper', name: 'zonekeeper', wanted: 2 };
  const found = [1, 0].map((ready) => checked({ deployment: { ...deployment, ready } }).findings);
  t.strictSame(found.map(briefly), [['warning ZK718 zonekeeper'], ['error ZK718 zonekeeper']]);
});

t.test('a dry run that passes the webhook by is an error', async (t) => {
  t.strictSame(briefly(withProbe({ outcome: 'passed-by' })), ['error ZK720 zonekeeper']);
});

t.test('a webhook that cannot be called is an error in the words of the API server', async (t) => {
  const message =
    'Internal error occurred: failed calling webhook "statefulsets.zonekeeper.io": EOF';
  const refused = { outcome: 'refused', status: 500, message, namespace: 'shop' } as const;
  const [found] = withProbe({ ...refused, calling: true });
  t.match(found, { level: 'error', problem: { code: 'ZK719', found: /: EOF$/ } });
});

t.test('a dry run that something else refuses proves nothing', async (t) => {
  const message = 'statefulsets.apps is forbidden';
  const refused = { outcome: 'refused', status: 403, message, namespace: 'shop' } as const;
  t.strictSame(briefly(withProbe({ ...refused, calling: false })), ['warning ZK722 zonekeeper']);
});

t.test('a dry run that got something else than the profile says is told', async (t) => {
  const probe = {
    outcome: 'injected',
    by: '0.1.0',
    profile: 'default',
    storageClassName: undefined,
    schedulerName: 'volcano',
  } as const;
  const found = withProbe(probe);
  t.strictSame(briefly(found), ['warning ZK721 zonekeeper', 'warning ZK721 zonekeeper']);
  const unknown = checked({ probe, configuration: { unknown: 'no right' } }).findings;
  t.strictSame(briefly(unknown), ['warning ZK704'], 'what is only assumed is not compared');
});

t.test('what could not be looked at is not found fault with', async (t) => {
  const nothing = { view: {}, configuration: { unknown: 'nothing is known' }, unseen: [] };
  const report = checkCluster(nothing, { now: 0, version: '0.1.0', beforeUninstall: false });
  t.strictSame(briefly(report.findings), ['warning ZK704']);
});

import t from 'tap';
import type { WebhookFacts } from '../../../../webhook/core/check/facts.ts';
import { briefly, checked, DAY, SOUND_WEBHOOK } from '../../../support/cluster-facts.ts';
import { NOW } from '../../../support/context.ts';

const withWebhook = (changes: Partial<WebhookFacts>) =>
  briefly(checked({ webhooks: [{ ...SOUND_WEBHOOK, ...changes }] }).findings);

t.test('a caBundle without a certificate is an error', async (t) => {
  t.strictSame(withWebhook({ authorityEnds: [] }), ['error ZK715 zonekeeper']);
});

t.test('the CA that lasts longest counts', async (t) => {
  t.strictSame(withWebhook({ authorityEnds: [NOW - DAY, NOW + 31 * DAY] }), []);
  t.strictSame(withWebhook({ authorityEnds: [NOW + 29 * DAY] }), ['warning ZK716 zonekeeper']);
  t.strictSame(withWebhook({ authorityEnds: [NOW - DAY] }), ['error ZK716 zonekeeper']);
});

t.test('a served certificate must be verified by the bundle and last', async (t) => {
  const url = 'https://webhook.test/mutate';
  const served = (trusted: boolean, days: number) =>
    withWebhook({ served: { url, trusted, ends: NOW + days * DAY } });
  t.strictSame(served(true, 60), []);
  t.strictSame(served(false, 60), ['error ZK717 zonekeeper']);
  t.strictSame(served(true, 13), ['warning ZK716 zonekeeper']);
  t.strictSame(served(false, -1), ['error ZK717 zonekeeper', 'error ZK716 zonekeeper']);
});

import t from 'tap';
import { foundConfiguration } from '../../../../webhook/check/webhook-configuration.ts';
import { installationFindings } from '../../../../webhook/core/check/installation.ts';
import { WEBHOOK } from '../../../../webhook/core/check/shipped-webhook.ts';
import { render } from '../../../support/chart.ts';
import { SOUND_FACTS, SOUND_WEBHOOK } from '../../../support/cluster-facts.ts';
import { NOW } from '../../../support/context.ts';

t.test('what the chart renders is what is taken for shipped', async (t) => {
  const object = (await render()).find(({ kind }) => kind === 'MutatingWebhookConfiguration');
  const found = foundConfiguration(object ?? {});
  t.match(found, { namespace: 'zk-system', url: undefined, facts: { failurePolicy: 'Fail' } });
  // The chart leaves the caBundle to the webhook.
  const { authorityEnds } = SOUND_WEBHOOK;
  const webhooks = found === undefined ? [] : [{ ...found.facts, authorityEnds }];
  t.strictSame(installationFindings({ ...SOUND_FACTS, webhooks }, undefined, NOW), []);
  t.equal((object as { webhooks?: { name: string }[] } | undefined)?.webhooks?.[0]?.name, WEBHOOK);
});

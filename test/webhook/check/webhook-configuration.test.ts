import t from 'tap';
import { issueAuthority } from '../../../certs/issue.ts';
import { foundConfiguration } from '../../../webhook/check/webhook-configuration.ts';
import { DAY } from '../../support/cluster-facts.ts';
import { NOW } from '../../support/context.ts';

const NAME = 'statefulsets.zonekeeper.io';
const withWebhook = (webhook: object, metadata = {}) =>
  foundConfiguration({ metadata: { name: 'zk', ...metadata }, ...{ webhooks: [webhook] } });

t.test('configurations of others are none of ours', async (t) => {
  t.equal(withWebhook({ name: 'other.example.test' }), undefined);
  t.equal(foundConfiguration({}), undefined);
});

t.test('the namespace is that of the Service, or of the release where there is none', async (t) => {
  const service = { namespace: 'zk-system' };
  t.match(withWebhook({ name: NAME, clientConfig: { service } }), { namespace: 'zk-system' });
  const annotations = { 'meta.helm.sh/release-namespace': 'other' };
  const url = 'https://10.0.0.1/mutate';
  t.match(withWebhook({ name: NAME, clientConfig: { url } }, { annotations }), {
    namespace: 'other',
    url,
  });
  t.match(withWebhook({ name: NAME }), { namespace: undefined, url: undefined, caBundle: '' });
});

t.test('each CA of the bundle tells its end', async (t) => {
  const ends = [1, 2].map((days) => issueAuthority({ now: NOW, lifetime: days * DAY }));
  const pem = (await Promise.all(ends)).map(({ cert }) => cert).join('');
  const caBundle = Buffer.from(pem).toString('base64');
  const found = withWebhook({ name: NAME, clientConfig: { caBundle } });
  t.strictSame(found?.facts.authorityEnds, [NOW + DAY, NOW + 2 * DAY]);
  t.strictSame(withWebhook({ name: NAME })?.facts.authorityEnds, []);
});

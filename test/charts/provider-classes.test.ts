import type { V1Deployment } from '@kubernetes/client-node';
import t from 'tap';
import { all, one, refusal, render, type Values } from '../support/chart.ts';

const GIVEN = { mode: 'secret', secretName: 'own' };

async function argsOf(values: Values): Promise<string[]> {
  const { spec } = one<V1Deployment>(await render(values), 'Deployment');
  const args = spec?.template.spec?.containers[0]?.args ?? [];
  return args.filter((arg) => /^--(class-lease|owner)=/.test(arg));
}

t.test('the webhook keeps the classes of sets unless told otherwise', async (t) => {
  const owner = '--owner=ConfigMap/zonekeeper';
  const off = { secretProviderClasses: { manage: false } };
  t.strictSame(await argsOf({}), ['--class-lease=zonekeeper-classes', owner]);
  t.strictSame(await argsOf({ certs: GIVEN }), ['--class-lease=zonekeeper-classes', owner]);
  t.strictSame(await argsOf(off), [owner]);
  t.strictSame(await argsOf({ ...off, certs: GIVEN }), [], 'there is nothing to own');
});

t.test('where it does not, it has no right to write one', async (t) => {
  const off = await render({ secretProviderClasses: { manage: false } });
  const text = JSON.stringify(all(off, 'ClusterRole'));
  t.match(text, /secretproviderclasses/, 'it reads them');
  t.notMatch(text, /statefulsets|controllerrevisions|pods|events|create|delete/);
});

t.test('the switch is true or false', async (t) => {
  const wrong = { secretProviderClasses: { manage: 'no' } };
  t.match(await refusal(wrong), /secretProviderClasses.*manage/s);
});

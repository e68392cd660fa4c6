import t from 'tap';
import { classesOf } from '../../../../webhook/core/secrets/classes-of.ts';
import { create, markerOf, update } from '../../../support/admission.ts';
import { contextWith } from '../../../support/context.ts';
import { annotated, MARKER, manifest, withPod } from '../../../support/statefulset.ts';
import {
  CLIENT,
  OTHER_CLIENT,
  SECRETS_ONLY,
  VAULT_ASKS,
  vaultProfile,
} from '../../../support/vault.ts';

const CONTEXT = contextWith({ configuration: vaultProfile() });
const LATER = contextWith({ configuration: vaultProfile({ clientId: OTHER_CLIENT }) });
const live = () => create(manifest({ asks: SECRETS_ONLY }), CONTEXT).stored;

t.test('the class is made from the marker, whatever is configured today', async (t) => {
  const [made] = classesOf(live());
  t.match(made, {
    metadata: { name: /^zonekeeper-mysql-/, namespace: 'shop' },
    spec: { provider: 'azure', parameters: { keyvaultName: 'contoso-prod', clientID: CLIENT } },
  });
  const next = update(manifest({ asks: SECRETS_ONLY }), live(), LATER);
  t.same(classesOf(next.stored), [made]);
  const changed = update(
    withPod(manifest({ asks: SECRETS_ONLY }), { hostname: 'x' }),
    live(),
    LATER,
  );
  t.match(classesOf(changed.stored), [{ spec: { parameters: { clientID: OTHER_CLIENT } } }]);
});

t.test('a changed list is another class', async (t) => {
  const asks = { ...SECRETS_ONLY, secrets: 'mysql-root-password, mysql-replication-password' };
  const next = update(manifest({ asks }), live(), CONTEXT);
  t.equal(next.mutation.outcome, 'injected');
  t.not(classesOf(next.stored)[0]?.metadata.name, classesOf(live())[0]?.metadata.name);
});

t.test('a set without secrets of a vault, opted out or unmarked has none', async (t) => {
  t.same(classesOf(manifest({ asks: VAULT_ASKS })), []);
  t.same(classesOf(create(manifest(), CONTEXT).stored), []);
  const out = update(manifest({ asks: { inject: 'false' } }), live(), CONTEXT);
  t.same(classesOf(out.stored), []);
  t.same(classesOf(annotated(live(), { [MARKER]: '{' })), []);
});

t.test('a class whose name does not tell its content is not made', async (t) => {
  const text = markerOf(live()) ?? '';
  for (const [from, to] of [
    ['contoso-prod', 'contoso-test'],
    [CLIENT, OTHER_CLIENT],
    ['workload-identity', 'identity-binding'],
    ['"secrets":"mysql-root-password"', '"secrets":"another"'],
    ['"secrets":"mysql-root-password"', '"secrets":""'],
    ['"secrets":"mysql-root-password"', '"profile":"x"'],
    ['"volume":"zonekeeper-secrets","class":"', '"volume":"zonekeeper-secrets","class":"x'],
  ] as const) {
    t.ok(text.includes(from), from);
    t.same(classesOf(annotated(live(), { [MARKER]: text.replace(from, to) })), [], to);
  }
});

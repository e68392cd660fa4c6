import t from 'tap';
import { briefly, checked, stored } from '../../../support/cluster-facts.ts';

const asks = { inject: 'true', 'secret-provider-class': 'mysql-secrets' };
const CLASSES = { 'shop/mysql-secrets': 'c1' };

function told(classes: Record<string, string>, accounts: Record<string, string>, pod = {}) {
  const { findings } = checked({
    statefulSets: [stored({ asks, pod })],
    clientIdsOfClasses: new Map(Object.entries(classes)),
    clientIdsOfAccounts: new Map(Object.entries(accounts)),
  });
  return briefly(findings);
}

t.test('the account must be there and name the identity of the class', async (t) => {
  t.strictSame(told(CLASSES, { 'shop/default': 'c1' }), []);
  t.strictSame(told(CLASSES, { 'shop/default': '' }), ['warning ZK740 default']);
  t.strictSame(told(CLASSES, { 'shop/default': 'c2' }), ['warning ZK740 default']);
  t.strictSame(told(CLASSES, { 'play/default': 'c1' }), ['error ZK739 default']);
});

t.test('the account is that of the template', async (t) => {
  const accounts = { 'shop/default': 'c1', 'shop/own': '' };
  t.strictSame(told(CLASSES, accounts, { serviceAccountName: 'own' }), ['warning ZK740 own']);
});

t.test('classes without a client id need no account', async (t) => {
  t.strictSame(told({ 'shop/other': 'c1' }, {}), []);
});

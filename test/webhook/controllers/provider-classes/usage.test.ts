import t from 'tap';
import {
  classesInUse,
  classesMounted,
  selectorText,
} from '../../../../webhook/controllers/provider-classes/usage.ts';
import { FakeKube } from '../../../support/fake-kube.ts';

const never = new AbortController().signal;
const PODS = '/api/v1/namespaces/shop/pods';

const mounting = (name: string, driver = 'secrets-store.csi.k8s.io') => ({
  volumes: [
    { name: 'data', emptyDir: {} },
    { name: 's', csi: { driver, volumeAttributes: { secretProviderClass: name } } },
  ],
});

t.test('what pods mount and revisions name is in use', async (t) => {
  const kube = new FakeKube(({ path, query }) => {
    if (path !== PODS)
      return { items: [{ data: { spec: { template: { spec: mounting('b') } } } }] };
    return query?.continue === 'more'
      ? { items: [{ spec: mounting('c') }, { spec: mounting('no', 'other.csi.test') }, {}] }
      : { metadata: { continue: 'more' }, items: [{ spec: mounting('a') }, { spec: {} }] };
  });
  const used = await classesInUse(kube, 'shop', { matchLabels: { app: 'db' } }, never);
  t.strictSame([...used].sort(), ['a', 'b', 'c']);
  t.ok(kube.requests.every(({ query }) => query?.labelSelector === 'app=db'));
  t.strictSame([...(await classesMounted(kube, 'shop', {}, never))].sort(), ['a', 'c']);
});

t.test('a selector reads in a query as the API has it', async (t) => {
  const matchExpressions = [
    { key: 'tier', operator: 'In', values: ['a', 'b'] },
    { key: 'zone', operator: 'NotIn', values: ['c'] },
    { key: 'here', operator: 'Exists' },
    { key: 'away', operator: 'DoesNotExist' },
  ];
  t.equal(
    selectorText({ matchLabels: { app: 'db', 'a/b': '' }, matchExpressions }),
    'app=db,a/b=,tier in (a,b),zone notin (c),here,!away',
  );
  t.equal(selectorText({}), '');
});

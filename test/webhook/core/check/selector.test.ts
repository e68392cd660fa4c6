import t from 'tap';
import { selects } from '../../../../webhook/core/check/selector.ts';

const labels = { app: 'db', tier: 'gold' };

t.test('a selector that says nothing selects everything', async (t) => {
  t.equal(selects({}, {}), true);
  t.equal(selects({ matchLabels: {}, matchExpressions: [] }, labels), true);
});

t.test('every label and every expression must hold', async (t) => {
  t.equal(selects({ matchLabels: { app: 'db', tier: 'gold' } }, labels), true);
  t.equal(selects({ matchLabels: { app: 'db', tier: 'tin' } }, labels), false);
  const expression = { key: 'app', operator: 'In', values: ['web'] };
  t.equal(selects({ matchLabels: { app: 'db' }, matchExpressions: [expression] }, labels), false);
});

t.test('each operator means what Kubernetes means by it', async (t) => {
  const holds = (operator: string, key: string, values?: string[]) =>
    selects({ matchExpressions: [{ key, operator, ...(values && { values }) }] }, labels);
  t.strictSame(
    [holds('In', 'app', ['web', 'db']), holds('In', 'app', ['web']), holds('In', 'none', ['a'])],
    [true, false, false],
  );
  t.strictSame([holds('NotIn', 'app', ['db']), holds('NotIn', 'none', ['db'])], [false, true]);
  t.strictSame([holds('Exists', 'app'), holds('Exists', 'none')], [true, false]);
  t.strictSame([holds('DoesNotExist', 'app'), holds('DoesNotExist', 'none')], [false, true]);
  t.equal(holds('Unheard', 'app'), false);
});

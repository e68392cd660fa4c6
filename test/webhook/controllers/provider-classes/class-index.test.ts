import t from 'tap';
import type { ClassFacts } from '../../../../webhook/controllers/provider-classes/class-facts.ts';
import { ClassIndex } from '../../../../webhook/controllers/provider-classes/class-index.ts';

const facts = (sets: readonly string[], isMade = true): ClassFacts => ({
  uid: '',
  resourceVersion: '',
  digest: '',
  sets: sets.map((name) => ({ name, uid: '' })),
  isMade,
  isDeleting: false,
});

t.test('classes are found by the sets that own them', async (t) => {
  const classes = new Map([
    ['shop/a', facts(['db'])],
    ['shop/b', facts(['db', 'web'])],
    ['shop/theirs', facts(['db'], false)],
    ['shop/orphan', facts([])],
    ['other/a', facts(['db'])],
  ]);
  const index = new ClassIndex(() => classes);
  t.strictSame([...index.changed()].sort(), ['other/db', 'shop/db', 'shop/web']);
  t.strictSame([...index.ofSet('shop/db')], ['shop/a', 'shop/b']);
  t.strictSame([...index.ofSet('shop/web')], ['shop/b']);
  t.strictSame([...index.ofSet('shop/none')], []);
});

t.test('a change concerns the sets before it and after it', async (t) => {
  const classes = new Map([['shop/a', facts(['db'])]]);
  const index = new ClassIndex(() => classes);
  index.changed();
  classes.set('shop/a', facts(['web']));
  t.strictSame([...index.changed('shop/a')].sort(), ['shop/db', 'shop/web']);
  t.strictSame([...index.ofSet('shop/db')], []);
  classes.delete('shop/a');
  t.strictSame([...index.changed('shop/a')], ['shop/web']);
  t.strictSame([...index.changed('shop/a')], []);
});

t.test('with the kind all of them go', async (t) => {
  let classes: Map<string, ClassFacts> | undefined = new Map([['shop/a', facts(['db'])]]);
  const index = new ClassIndex(() => classes);
  index.changed();
  classes = undefined;
  t.strictSame([...index.changed()], ['shop/db']);
  t.strictSame([...index.ofSet('shop/db')], []);
});

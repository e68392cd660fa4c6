import t from 'tap';
import {
  carryClasses,
  choosesClass,
  claimName,
  classOf,
  entryOf,
  injectClass,
  stripClasses,
} from '../../../../webhook/core/inject/storage.ts';
import type { ClaimTemplate } from '../../../../webhook/core/statefulset.ts';
import { claim } from '../../../support/statefulset.ts';

const BETA = { annotations: { 'volume.beta.kubernetes.io/storage-class': 'beta' } };

function template(name?: string, spec = {}, metadata = {}): ClaimTemplate {
  return claim(name, spec, metadata) as unknown as ClaimTemplate;
}

t.test(
  'a claim template chooses its class by name, beta annotation, volume or selector',
  async (t) => {
    t.equal(choosesClass(template()), false);
    t.equal(choosesClass(template('data', { storageClassName: null, volumeName: null })), false);
    for (const spec of [
      { storageClassName: 'managed-csi' },
      { storageClassName: '' },
      { volumeName: 'disk-1' },
      { selector: {} },
    ]) {
      t.equal(choosesClass(template('data', spec)), true, JSON.stringify(spec));
    }
    t.equal(choosesClass(template('data', {}, BETA)), true);
  },
);

t.test('the beta annotation wins over the name', async (t) => {
  t.equal(classOf(template('data', { storageClassName: 'a' }, BETA)), 'beta');
  t.equal(classOf(template('data', { storageClassName: 'a' })), 'a');
  t.equal(classOf(template('data', { storageClassName: '' })), '');
  t.equal(classOf(template()), undefined);
});

t.test('open claim templates get the class, the others are the very same', async (t) => {
  const claims = [template('data'), template('logs', { storageClassName: 'a' })];
  const injected = injectClass(claims, 'zrs');
  t.same(injected.claims?.map(classOf), ['zrs', 'a']);
  t.equal(injected.claims?.[1], claims[1]);
  t.same(injected.entries, { data: 'zrs' });
});

t.test('with nothing to put in the list is the very same', async (t) => {
  const chosen = [template('data', { storageClassName: 'a' })];
  t.same(injectClass(chosen, 'zrs'), { claims: chosen, entries: {} });
  t.equal(injectClass(chosen, 'zrs').claims, chosen);
  const open = [template()];
  t.equal(injectClass(open, undefined).claims, open);
  t.equal(injectClass(undefined, 'zrs').claims, undefined);
});

t.test('a stored class is carried over to the claim template of the same name', async (t) => {
  const stored = [template('data', { storageClassName: 'zrs' }), template('logs')];
  const carried = carryClasses([template('logs'), template('data'), template('new')], stored);
  t.same(carried?.map(classOf), [undefined, 'zrs', undefined]);
  const none = [template('data', { storageClassName: '' })];
  t.same(carryClasses([template('data')], none)?.map(classOf), ['']);
});

t.test(
  'a class that the new claim template names is left for the API server to judge',
  async (t) => {
    const stored = [template('data', { storageClassName: 'zrs' })];
    const named = [template('data', { storageClassName: 'other' })];
    t.equal(carryClasses(named, stored), named);
    t.equal(carryClasses(undefined, stored), undefined);
    t.equal(carryClasses(named, undefined), named);
  },
);

t.test('a class is taken out of a manifest only where it is as it was put in', async (t) => {
  const put = template('data', { storageClassName: 'zrs' });
  const changed = template('logs', { storageClassName: 'other' });
  const own = template('own', { storageClassName: 'zrs' });
  const stripped = stripClasses([put, changed, own], { data: 'zrs', logs: 'zrs' });
  t.same(stripped, [template('data'), changed, own]);
  t.equal(stripClasses(undefined, {}), undefined);
});

t.test('claim templates may be called like methods of every object', async (t) => {
  const claims = [template('constructor'), template('valueOf')];
  t.equal(entryOf({}, 'constructor'), undefined);
  t.equal(entryOf({ constructor: 'zrs' }, 'constructor'), 'zrs');
  t.same(stripClasses(injectClass(claims, 'zrs').claims, { constructor: 'zrs' })?.map(classOf), [
    undefined,
    'zrs',
  ]);
  t.equal(claimName({ metadata: {}, spec: {} }), '');
});

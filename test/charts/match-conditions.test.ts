import type { V1MutatingWebhook } from '@kubernetes/client-node';
import { evaluate } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import t from 'tap';
import { one, render } from '../support/chart.ts';

type Side = {
  metadata: { annotations?: Record<string, string>; deletionTimestamp?: string };
} | null;

const manifests = await render();
const webhook = one<{ webhooks: V1MutatingWebhook[] }>(manifests, 'MutatingWebhookConfiguration')
  .webhooks[0];
const conditions = webhook?.matchConditions ?? [];

/** Whether the API server would call the webhook. Throws where an expression errs, as the API server would refuse the write. */
function called(object: Side, oldObject: Side): boolean {
  const results = conditions.map(({ expression }) => evaluate(expression, { object, oldObject }));
  if (results.some((result) => typeof result !== 'boolean')) throw new TypeError('no boolean');
  return results.every((result) => result === true);
}

const annotated = (annotations: Record<string, string>): Side => ({ metadata: { annotations } });
const bare: Side = { metadata: {} };
const asked = annotated({ 'zonekeeper.io/inject': 'true' });
const injected = annotated({ 'zonekeeper.io/injected': '{}' });

t.test('the conditions have names that tell what they are for', async (t) => {
  t.strictSame(
    conditions.map(({ name }) => name),
    ['opted-in', 'not-being-deleted'],
  );
});

t.test('a set that asks for injection is sent to the webhook', async (t) => {
  t.equal(called(asked, null), true, 'create');
  t.equal(called(asked, bare), true, 'the annotation is added');
  t.equal(called(annotated({ 'zonekeeper.io/inject': 'false' }), null), true, 'any value');
});

t.test('a set that was injected is sent, also by a manifest that says nothing', async (t) => {
  t.equal(called(bare, asked), true, 'the annotation is removed');
  t.equal(called(bare, injected), true, 'the marker is removed');
  t.equal(called(injected, injected), true, 'opted out, with the marker left');
});

t.test('a set with no annotation of ours is not sent', async (t) => {
  t.equal(called(bare, null), false);
  t.equal(called(bare, bare), false);
  t.equal(called(annotated({}), annotated({})), false);
  t.equal(called(annotated({ 'zonekeeper.io/profile': 'x', other: 'y' }), null), false);
});

t.test('a set that is being deleted is not sent, so that its finalizers can go', async (t) => {
  const deleted: Side = {
    metadata: { ...asked?.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
  };
  t.equal(called(deleted, asked), false);
});

t.test('no object makes an expression err', async () => {
  const key = fc.constantFrom(
    'zonekeeper.io/inject',
    'zonekeeper.io/injected',
    'a',
    'zonekeeper.io/',
  );
  const side = fc.option(
    fc.record({
      metadata: fc.record(
        { annotations: fc.dictionary(key, fc.string()), deletionTimestamp: fc.string() },
        { requiredKeys: [] },
      ),
    }),
    { nil: null },
  ) as fc.Arbitrary<Side>;
  const optedIn = (of: Side) =>
    ['zonekeeper.io/inject', 'zonekeeper.io/injected'].some((name) =>
      Object.hasOwn(of?.metadata.annotations ?? {}, name),
    );
  fc.assert(
    fc.property(side, side, (object, oldObject) => {
      const wanted = optedIn(object) || optedIn(oldObject);
      return (
        called(object, oldObject) === (wanted && !('deletionTimestamp' in (object?.metadata ?? {})))
      );
    }),
  );
});

import assert from 'node:assert/strict';
import jsonPatch from 'fast-json-patch';
import t from 'tap';
import { equal } from '../../../webhook/core/equal.ts';
import { operationsBetween } from '../../../webhook/core/operations.ts';
import { create } from '../../support/admission.ts';
import { anyJson } from '../../support/arbitraries/json.ts';
import { contextWith } from '../../support/context.ts';
import { holds } from '../../support/property.ts';
import { copyOf, manifest } from '../../support/statefulset.ts';

t.setTimeout(300_000);

/** What the operations make of a copy of the value. */
function applied(before: unknown, after: unknown): unknown {
  const operations = copyOf<ReturnType<typeof operationsBetween>>(operationsBetween(before, after));
  return jsonPatch.applyPatch(copyOf(before), operations, true).newDocument;
}

t.test('the operations lead from any value to any other', async (t) => {
  holds(t, anyJson, anyJson, (one, other) => {
    const [before, after] = [{ value: one }, { value: other }];
    // Such a key is refused by the library that applies patches; makePatch replaces the whole part then.
    if (JSON.stringify([before, after]).includes('__proto__')) return;
    assert.ok(equal(applied(before, after), after));
  });
});

t.test('equal values need none, and shared ones are not looked into', async (t) => {
  const list = [{ name: 'a' }, { name: 'b' }];
  t.same(operationsBetween({ list }, { list }), []);
  t.same(operationsBetween({ list }, copyOf({ list })), []);
});

t.test('what is put before others is one addition, and theirs are not written down', async (t) => {
  const env = [
    { name: 'PASSWORD', value: 'canary' },
    { name: 'MODE', value: 'canary' },
  ];
  const before = { initContainers: [{ name: 'init' }], containers: [{ name: 'app', env }] };
  const after = {
    initContainers: [{ name: 'sidecar' }, { name: 'init', volumeMounts: [{ name: 'v' }] }],
    containers: [{ name: 'app', env: [{ name: 'FILE', value: 'x' }, ...env] }],
  };
  const operations = operationsBetween(before, after);
  t.notMatch(JSON.stringify(operations), /canary/);
  t.equal(operations.length, 3);
  t.same(applied(before, after), after);
});

t.test('what is taken out from before others is one removal', async (t) => {
  const before = { list: [{ name: 'a' }, { name: 'b', value: 1 }, { name: 'c' }] };
  const after = { list: [{ name: 'b', value: 2 }, { name: 'c' }] };
  t.equal(operationsBetween(before, after).length, 2);
  t.same(applied(before, after), after);
});

t.test('entries without names go by what they hold', async (t) => {
  const before = { list: ['b', 'c'] };
  const after = { list: ['a', 'b', 'c', 'd'] };
  t.equal(operationsBetween(before, after).length, 2);
  t.same(applied(before, after), after);
});

t.test('a value of another kind is replaced, and an undefined one is absent', async (t) => {
  const before = { a: [1], b: { c: 1 }, d: 1 };
  const after = { a: { 0: 1 }, b: null, d: undefined };
  t.same(applied(before, after), { a: { 0: 1 }, b: null });
});

t.test('no patch of an injected sidecar holds a variable of the user', async (t) => {
  const asks = { inject: 'true', 'secret-provider-class': 'mysql-secrets' };
  const env = [
    { name: 'MYSQL_PASSWORD', value: 'canary' },
    { name: 'OTHER', value: 'canary' },
  ];
  const pod = {
    initContainers: [{ name: 'init', image: 'init:1', env }],
    containers: [{ name: 'mysql', image: 'mysql:8', env }],
  };
  const { patch, stored } = create(manifest({ asks, pod }), contextWith());
  t.match(stored.spec.template.spec.initContainers, [{ name: 'zonekeeper-sidecar' }]);
  t.notMatch(JSON.stringify(patch), /canary/);
});

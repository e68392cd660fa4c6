import { Buffer } from 'node:buffer';
import t from 'tap';
import type { Envelope } from '../../../webhook/core/envelope.ts';
import type { Mutation } from '../../../webhook/core/mutation.ts';
import { problem } from '../../../webhook/core/problems.ts';
import { allow, deny } from '../../../webhook/core/response.ts';
import { manifest } from '../../support/statefulset.ts';

const ENVELOPE: Envelope = {
  uid: 'u1',
  operation: 'CREATE',
  namespace: 'shop',
  name: 'mysql',
  dryRun: false,
  forStatefulSet: true,
  object: null,
  oldObject: null,
};

function mutation(changes: Partial<Mutation> = {}): Mutation {
  const nothing = { denials: [], warnings: [], injections: [] };
  return { object: manifest(), outcome: 'untouched', ...nothing, ...changes };
}

const YES = problem('ZK101', { value: 'yes' });
const KEY = problem('ZK201', { key: 'zonekeeper.io/x', hint: 'remove it' });

t.test('where nothing changes the answer has no patch', async (t) => {
  t.same(allow(ENVELOPE, mutation(), []), {
    uid: 'u1',
    allowed: true,
    auditAnnotations: { outcome: 'untouched' },
  });
});

t.test('a patch is sent as base64 with its type', async (t) => {
  const patch = [{ op: 'add', path: '/metadata/annotations/a~1b', value: 'ü' }] as const;
  const { patchType, patch: text = '' } = allow(ENVELOPE, mutation(), patch);
  t.equal(patchType, 'JSONPatch');
  t.same(JSON.parse(Buffer.from(text, 'base64').toString()), patch);
});

t.test('warnings are told to the user and their codes to the audit log', async (t) => {
  const told = mutation({
    outcome: 'injected',
    injections: ['storage', 'scheduler'],
    warnings: [KEY, KEY],
  });
  t.match(allow(ENVELOPE, told, []), {
    warnings: [/^ZK201 annotation zonekeeper.io\/x is unknown;/, /^ZK201 /],
    auditAnnotations: { outcome: 'injected', injections: 'storage,scheduler', codes: 'ZK201' },
  });
});

t.test('a refusal tells every problem on a line of its own, warnings last', async (t) => {
  const refused = mutation({ outcome: 'denied', denials: [YES, YES], warnings: [KEY] });
  const { allowed, status, warnings, auditAnnotations } = deny(ENVELOPE, refused);
  t.same([allowed, warnings], [false, undefined]);
  t.same([status?.code, status?.reason], [422, 'Invalid']);
  t.match(status?.message.split('\n'), [
    '2 problems in StatefulSet shop/mysql',
    /^ZK101 annotation zonekeeper.io\/inject is "yes"; expected "true" or "false"; write one/,
    /^ZK101 /,
    /^ZK201 /,
  ]);
  t.same(auditAnnotations, { outcome: 'denied', codes: 'ZK101,ZK201' });
});

t.test('one problem is called one problem', async (t) => {
  const refused = mutation({ outcome: 'denied', denials: [YES] });
  t.match(deny(ENVELOPE, refused).status?.message, /^1 problem in /);
});

t.test('a name cannot forge a line of the message', async (t) => {
  const refused = mutation({ outcome: 'denied', denials: [YES] });
  const forged = { ...ENVELOPE, name: `a\nZK999 all is well${'!'.repeat(999)}` };
  const lines = deny(forged, refused).status?.message.split('\n') ?? [];
  t.equal(lines.length, 2);
  t.match(lines[0], /^1 problem in StatefulSet shop\/a ZK999 all is well!{10,200}…$/);
});

t.test('what nobody reads to its end is cut', async (t) => {
  const many = Array.from({ length: 150 }, () => YES);
  const lines = deny(
    ENVELOPE,
    mutation({ outcome: 'denied', denials: many }),
  ).status?.message.split('\n');
  t.equal(lines?.length, 102);
  t.equal(lines?.at(-1), 'and 50 more');
  const warned = allow(ENVELOPE, mutation({ warnings: many.map(() => KEY) }), []);
  t.equal(warned.warnings?.length, 100);
});

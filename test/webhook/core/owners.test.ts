import t from 'tap';
import { keepOwners } from '../../../webhook/core/owners.ts';
import type { StatefulSet } from '../../../webhook/core/statefulset.ts';

const CLAIM = { metadata: { name: 'data' }, spec: {} };
const CLASSED = { metadata: { name: 'data' }, spec: { storageClassName: 'zrs' } };

interface Given {
  readonly claims?: object;
  readonly scheduler?: string;
  readonly managedFields?: unknown;
}

function set({ claims = CLAIM, scheduler = 'default-scheduler', managedFields }: Given) {
  const template = { spec: { schedulerName: scheduler } };
  const spec = { replicas: 3, template, volumeClaimTemplates: [claims] };
  return { metadata: { name: 'db', managedFields }, spec } as unknown as StatefulSet;
}

function entry(manager: string, operation: string, spec: object, others: object = {}) {
  return { manager, operation, apiVersion: 'apps/v1', fieldsV1: { ...others, 'f:spec': spec } };
}

const CLAIMS = { 'f:volumeClaimTemplates': {} };
const REPLICAS = { 'f:replicas': {} };
const scheduled = (...names: string[]) => ({
  'f:template': { 'f:spec': Object.fromEntries(names.map((name) => [`f:${name}`, {}])) },
});
const LABELS = { 'f:metadata': { 'f:labels': {} } };

/** The owners of a set whose claim templates and template come without the injection and are put back. */
function kept(before: unknown, after: unknown): unknown {
  const stored = set({ claims: CLASSED, scheduler: 'ours', managedFields: before });
  const incoming = set({ managedFields: after });
  const result = set({ claims: CLASSED, scheduler: 'ours', managedFields: after });
  const owned = keepOwners(result, incoming, stored);
  t.strictSame(owned.spec, result.spec);
  return owned.metadata.managedFields;
}

t.test('what a replace took over goes back to its owner', async (t) => {
  const before = [
    entry('team', 'Apply', { ...REPLICAS, ...CLAIMS, ...scheduled('a', 'tolerations') }),
  ];
  const after = [
    entry('team', 'Apply', { ...REPLICAS, ...scheduled('a') }),
    entry('kubectl-replace', 'Update', { ...CLAIMS, ...scheduled('tolerations', 'schedulerName') }),
  ];
  t.strictSame(kept(before, after), before);
});

t.test('what else the writer changed stays its own', async (t) => {
  const before = [entry('team', 'Apply', { ...REPLICAS, ...CLAIMS })];
  const after = [
    entry('team', 'Apply', {}),
    entry('kubectl', 'Update', { ...REPLICAS, ...CLAIMS }, LABELS),
  ];
  t.strictSame(kept(before, after), [
    entry('team', 'Apply', CLAIMS),
    entry('kubectl', 'Update', REPLICAS, LABELS),
  ]);
});

t.test('an owner that had nothing else comes back', async (t) => {
  const before = [entry('team', 'Apply', CLAIMS), entry('status', 'Update', REPLICAS)];
  const after = [entry('kubectl', 'Update', CLAIMS), entry('status', 'Update', REPLICAS)];
  const found = kept(before, after) as unknown[];
  t.strictSame(new Set(found), new Set(before));
});

t.test('a manager is told from itself by how it wrote', async (t) => {
  const status = { ...entry('kubectl', 'Update', REPLICAS), subresource: 'scale' };
  const before = [status, entry('kubectl', 'Apply', CLAIMS)];
  const after = [status, entry('kubectl', 'Update', CLAIMS)];
  t.strictSame(new Set(kept(before, after) as unknown[]), new Set(before));
});

t.test('what a server-side apply names, it owns', async (t) => {
  const before = [entry('kubectl-create', 'Update', { ...REPLICAS, ...CLAIMS })];
  const forced = [entry('team', 'Apply', CLAIMS), entry('kubectl-create', 'Update', REPLICAS)];
  t.equal(kept(before, forced), forced);
});

t.test('where nothing is put back, nothing is given back', async (t) => {
  const before = [entry('team', 'Apply', scheduled('schedulerName'))];
  const after = [entry('kubectl-edit', 'Update', scheduled('schedulerName'))];
  const stored = set({ scheduler: 'ours', managedFields: before });
  const incoming = set({ scheduler: 'mine', managedFields: after });
  t.equal(keepOwners(incoming, incoming, stored), incoming, 'the mutation left it alone');
  const injected = set({ scheduler: 'other', managedFields: after });
  t.equal(keepOwners(injected, incoming, stored), injected, 'the mutation changed it');
});

t.test('owners of any other shape are left alone', async (t) => {
  for (const odd of [undefined, null, 'text', {}, [], [null, 1, [], {}], [{ fieldsV1: 'x' }]]) {
    t.equal(kept(odd, odd), odd);
  }
  const text = [
    { manager: 'a', operation: 'Update', fieldsV1: { 'f:spec': { 'f:template': 'x' } } },
  ];
  t.strictSame(kept(undefined, text), []);
});

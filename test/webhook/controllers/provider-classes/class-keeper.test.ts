import t from 'tap';
import { startTerm } from '../../../support/class-term.ts';
import { refusal, settled } from '../../../support/fake-kube.ts';
import { vaultClass } from '../../../support/vault-set.ts';

const HOUR = 3_600_000;
const one = vaultClass('db', 'one');
const nameOne = one.metadata.name;
const nameTwo = vaultClass('db', 'two').metadata.name;

t.test('a set that is there or comes gets its class, owned by it, in one write', async (t) => {
  const { cluster, log, term } = await startTerm(t, (all) => all.putSet('db', 'one'));
  cluster.putSet('other', 'one');
  cluster.putSet('plain');
  await settled();
  const others = vaultClass('other', 'one').metadata.name;
  t.strictSame(cluster.writes, [`POST ${nameOne}`, `POST ${others}`]);
  t.match(cluster.classes.get(nameOne), {
    metadata: {
      labels: { 'app.kubernetes.io/managed-by': 'zonekeeper' },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' }],
    },
    spec: one.spec,
  });
  t.equal(log.lines.length, 2);
  t.match(log.lines[0], {
    level: 'info',
    fields: { namespace: 'shop', name: 'db', class: nameOne },
  });
  t.equal(term.managed, 2);
  t.equal(term.queued, 0);
  cluster.putSet('db', 'one');
  await settled();
  t.equal(cluster.writes.length, 2, 'nothing is written for a change that concerns no class');
});

t.test('what is edited by hand is put back whole, and what is not ours stays', async (t) => {
  const { cluster, log } = await startTerm(t, (all) => all.putSet('db', 'one'));
  const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'x' };
  cluster.putClass(
    nameOne,
    { ...one.spec, secretObjects: [] },
    {
      labels: { team: 'db' },
      ownerReferences: [owner],
    },
  );
  await settled();
  const { metadata, spec } = cluster.classes.get(nameOne) ?? {};
  t.strictSame(spec, one.spec);
  t.strictSame(metadata?.labels, { team: 'db', 'app.kubernetes.io/managed-by': 'zonekeeper' });
  t.match(metadata?.ownerReferences, [owner, { kind: 'StatefulSet', name: 'db' }]);
  t.match(log.lines.at(-1), { message: 'put a SecretProviderClass back' });
  cluster.removeClass(nameOne);
  await settled();
  t.ok(cluster.classes.has(nameOne));
});

t.test('who keeps editing is answered ever more slowly, but always', async (t) => {
  const { cluster, wait } = await startTerm(t, (all) => all.putSet('db', 'one'));
  const edit = () => cluster.putClass(nameOne, { provider: 'other' });
  const isRight = () => cluster.classes.get(nameOne)?.spec.provider === 'azure';
  edit();
  await settled();
  t.ok(isRight(), 'the first time at once');
  for (const patience of [500, 1000, 2000, 4000]) {
    edit();
    await settled();
    await wait(patience - 1);
    t.notOk(isRight());
    await wait(1);
    t.ok(isRight());
  }
  await wait(60_000);
  edit();
  await settled();
  t.ok(isRight(), 'after a minute of peace it is forgotten');
});

t.test('another class of that name is left alone and told once an hour', async (t) => {
  const spec = { provider: 'vault' };
  const { cluster, log, tally, wait } = await startTerm(t, (all) => {
    all.putClass(nameOne, spec);
    all.putSet('db', 'one');
  });
  t.strictSame(cluster.classes.get(nameOne)?.spec, spec);
  t.equal(cluster.events.length, 1);
  t.match(cluster.events[0], {
    type: 'Warning',
    reason: 'SecretProviderClassConflict',
    regarding: { kind: 'StatefulSet', namespace: 'shop', name: 'db' },
    reportingInstance: 'replica-0',
  });
  t.match(cluster.events[0]?.note, /^ZK601 SecretProviderClass "zonekeeper-db-\w+" exists/);
  t.match(log.lines.at(-1), { level: 'warn', fields: { code: 'ZK601' } });
  t.equal(tally.errors.clash, 1);
  cluster.putSet('db', 'one');
  await wait(HOUR - 1);
  t.equal(cluster.events.length, 1);
  await wait(1);
  t.equal(cluster.events.length, 2);
  cluster.removeClass(nameOne);
  await settled();
  t.strictSame(cluster.classes.get(nameOne)?.spec, one.spec);
});

t.test('the same class of somebody else is right, and neither owned nor removed', async (t) => {
  const { cluster, log } = await startTerm(t, (all) => {
    all.putClass(nameOne, one.spec);
    all.putSet('db', 'one');
  });
  cluster.putSet('db', 'two');
  await settled();
  t.strictSame(cluster.writes, [`POST ${nameTwo}`]);
  t.equal(cluster.classes.get(nameOne)?.metadata.ownerReferences, undefined);
  t.strictSame(cluster.events, []);
  t.equal(log.lines.length, 1);
});

t.test('a class that nobody had seen yet is looked at before anything is said', async (t) => {
  const { cluster, log } = await startTerm(t);
  const watch = await cluster.kube.watching(
    '/apis/secrets-store.csi.x-k8s.io/v1/secretproviderclasses',
  );
  cluster.kube.watches.splice(cluster.kube.watches.indexOf(watch), 1);
  cluster.putClass(nameOne, one.spec);
  cluster.putSet('db', 'one');
  await settled();
  t.strictSame(cluster.writes, [`POST ${nameOne}`]);
  t.same(log.lines, []);
});

t.test('a refusal is told at the set, and tried again after minutes', async (t) => {
  const { cluster, tally, wait } = await startTerm(t, (all) => {
    all.putSet('db', 'one');
    all.refuse = ({ method, path }) => {
      if (method === 'POST' && path.includes('/secretproviderclasses')) throw refusal(403);
    };
  });
  t.match(cluster.events[0]?.note, /^ZK602 .*refused with 403/);
  t.equal(tally.errors.refused, 1);
  cluster.refuse = () => {};
  await wait(300_000);
  t.ok(cluster.classes.has(nameOne));
});

t.test('a clash that comes back is told again at once', async (t) => {
  const { cluster } = await startTerm(t, (all) => {
    all.putClass(nameOne, { provider: 'vault' });
    all.putSet('db', 'one');
  });
  cluster.putClass(nameOne, one.spec);
  await settled();
  cluster.putClass(nameOne, { provider: 'vault' });
  await settled();
  t.equal(cluster.events.length, 2);
});

t.test('a class does not get back a set that goes without it', async (t) => {
  const { cluster } = await startTerm(t, (all) => all.putSet('db', 'one'));
  cluster.mounted = [nameOne];
  const sets = await cluster.kube.watching('/apis/apps/v1/statefulsets');
  cluster.silenceSets();
  const deletionTimestamp = '2026-11-21T12:00:00Z';
  cluster.putSet('db', 'one', { deletionTimestamp });
  cluster.putClass(nameOne, one.spec, { ownerReferences: [] });
  await settled();
  t.strictSame(cluster.writes, [`POST ${nameOne}`]);
  cluster.mounted = [];
  const metadata = { name: 'db', namespace: 'shop', resourceVersion: '99' };
  sets.push('DELETED', { metadata });
  await settled();
  t.notOk(cluster.classes.has(nameOne), 'and when it has gone, the class goes with the pods');
});

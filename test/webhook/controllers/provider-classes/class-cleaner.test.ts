import t from 'tap';
import { startTerm } from '../../../support/class-term.ts';
import { settled } from '../../../support/fake-kube.ts';
import { vaultClass } from '../../../support/vault-set.ts';

const HOUR = 3_600_000;
const one = vaultClass('db', 'one');
const nameOne = one.metadata.name;
const nameTwo = vaultClass('db', 'two').metadata.name;

t.test('an old class goes when neither a pod nor a revision needs it any more', async (t) => {
  const { cluster, log, wait } = await startTerm(t, (all) => all.putSet('db', 'one'));
  cluster.mounted = [nameOne];
  cluster.revised = [nameOne, nameTwo];
  cluster.putSet('db', 'two');
  await settled();
  t.strictSame([...cluster.classes.keys()], [nameOne, nameTwo]);
  cluster.mounted = [nameTwo];
  await wait(5000);
  t.strictSame([...cluster.classes.keys()], [nameOne, nameTwo], 'a rollout can be undone');
  cluster.revised = [nameTwo];
  await wait(10_000);
  t.strictSame([...cluster.classes.keys()], [nameTwo]);
  t.match(log.lines.at(-1)?.fields, { namespace: 'shop', name: 'db', class: nameOne });
  const looked = cluster.kube.requests.length;
  await wait(HOUR);
  t.equal(cluster.kube.requests.length, looked, 'there is nothing left to look at');
});

t.test(
  'a look at what is used comes soon after each change of the set, else ever more rarely',
  async (t) => {
    const { cluster, wait } = await startTerm(t, (all) => all.putSet('db', 'one'));
    cluster.mounted = [nameOne];
    cluster.putSet('db', 'two');
    await settled();
    const looks = () => cluster.kube.requests.filter(({ path }) => path.endsWith('/pods')).length;
    t.equal(looks(), 1);
    for (let count = 0; count < 10; count += 1) cluster.putSet('db', 'two');
    await settled();
    t.equal(looks(), 1);
    await wait(5000);
    t.equal(looks(), 2);
    await wait(5000);
    t.equal(looks(), 3);
    await wait(5000);
    t.equal(looks(), 3);
    cluster.putSet('db', 'two');
    await settled();
    t.equal(looks(), 4);
  },
);

t.test('a class that is asked for again meanwhile stays', async (t) => {
  const { cluster } = await startTerm(t, (all) => all.putSet('db', 'one'));
  cluster.refuse = ({ path }) => {
    if (!path.includes('/statefulsets/')) return;
    cluster.refuse = () => {};
    cluster.putSet('db', 'one');
  };
  cluster.putSet('db', 'two');
  await settled();
  t.notOk(cluster.writes.includes(`DELETE ${nameOne}`));
});

t.test('a set that opts out loses its class, even if nothing of it remembers', async (t) => {
  const { cluster } = await startTerm(t, (all) => all.putSet('db', 'one'));
  cluster.putSet('db');
  await settled();
  t.strictSame([...cluster.classes.keys()], []);
});

t.test('a class that lost its set stays for its pods and goes with them', async (t) => {
  const { cluster, wait } = await startTerm(t, (all) => all.putSet('db', 'one'));
  cluster.mounted = [nameOne];
  cluster.putSet('db', 'one', { deletionTimestamp: '2026-11-21T12:00:00Z' });
  cluster.putClass(nameOne, one.spec, { ownerReferences: [] });
  cluster.removeSet('db');
  await wait(5000);
  t.ok(cluster.classes.has(nameOne));
  cluster.mounted = [];
  await wait(10_000);
  t.notOk(cluster.classes.has(nameOne));
});

t.test('a class that another set owns, too, stays', async (t) => {
  const { cluster } = await startTerm(t, (all) => all.putSet('db', 'one'));
  const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 'web' };
  const [own] = cluster.classes.get(nameOne)?.metadata.ownerReferences ?? [];
  cluster.putClass(nameOne, one.spec, { ownerReferences: own ? [own, owner] : [owner] });
  cluster.putSet('db', 'two');
  await settled();
  t.ok(cluster.classes.has(nameOne));
});

t.test('classes of a set that is gone or another by now are the garbage collector’s', async (t) => {
  for (const { isSeen, isReplaced } of [
    { isSeen: false, isReplaced: false },
    { isSeen: false, isReplaced: true },
    { isSeen: true, isReplaced: true },
  ]) {
    const { cluster, log, wait } = await startTerm(t, (all) => all.putSet('db', 'one'));
    if (!isSeen) cluster.silenceSets();
    const { ownerReferences = [] } = cluster.classes.get(nameOne)?.metadata ?? {};
    const managedFields = [{ manager: 'zonekeeper-classes' }];
    cluster.removeSet('db');
    if (isReplaced) cluster.putSet('db', 'one');
    cluster.putClass('old', vaultClass('db', 'two').spec, { managedFields, ownerReferences });
    await wait(60_000);
    t.notOk(cluster.writes.includes('DELETE old'));
    t.ok(log.lines.every(({ level }) => level === 'info'));
  }
});

t.test('a class that is being deleted is waited for', async (t) => {
  const { cluster } = await startTerm(t, (all) => all.putSet('db', 'one'));
  const deletionTimestamp = '2026-11-21T12:00:00Z';
  cluster.putClass(nameOne, { provider: 'other' }, { deletionTimestamp });
  await settled();
  cluster.putSet('db', 'two');
  await settled();
  t.strictSame(cluster.writes, [`POST ${nameOne}`, `POST ${nameTwo}`]);
});

import t from 'tap';
import { startTerm } from '../../../support/class-term.ts';
import { refusal, settled } from '../../../support/fake-kube.ts';
import { vaultClass } from '../../../support/vault-set.ts';

const nameOne = vaultClass('db', 'one').metadata.name;

t.test('a set that is being deleted gets none', async (t) => {
  const deletionTimestamp = '2026-11-21T12:00:00Z';
  const { cluster } = await startTerm(t, (all) => all.putSet('db', 'one', { deletionTimestamp }));
  t.strictSame(cluster.writes, []);
});

t.test('a new set of that name takes over the class of the one before', async (t) => {
  const { cluster } = await startTerm(t, (all) => all.putSet('db', 'one'));
  cluster.mounted = [nameOne];
  cluster.removeSet('db');
  cluster.putSet('db', 'one');
  await settled();
  const [owner] = cluster.classes.get(nameOne)?.metadata.ownerReferences ?? [];
  t.equal(cluster.classes.get(nameOne)?.metadata.ownerReferences?.length, 1);
  t.strictSame(cluster.writes, [`POST ${nameOne}`, `PATCH ${nameOne}`]);
  t.ok(owner);
});

t.test('what there is to do is found whichever list comes first', async (t) => {
  const managedFields = [{ manager: 'zonekeeper-classes' }];
  for (const late of ['/statefulsets', '/secretproviderclasses']) {
    const { cluster, wait } = await startTerm(t, (all) => {
      all.putSet('db', 'one');
      all.putClass('orphan', {}, { managedFields });
      all.refuse = ({ path }) => {
        if (path.endsWith(late)) throw refusal(500);
      };
    });
    t.strictSame(cluster.writes, []);
    cluster.refuse = () => {};
    await wait(500);
    t.strictSame([...cluster.classes.keys()], [nameOne], late);
  }
});

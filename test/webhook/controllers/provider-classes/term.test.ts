import t from 'tap';
import { startTerm } from '../../../support/class-term.ts';
import { refusal, settled } from '../../../support/fake-kube.ts';
import { vaultClass } from '../../../support/vault-set.ts';

const nameOne = vaultClass('db', 'one').metadata.name;

t.test(
  'a cluster without the kind is told once, and gets the classes when it has it',
  async (t) => {
    const { cluster, log, tally, wait } = await startTerm(t, (all) => {
      all.hasKind = false;
      all.putSet('db', 'one');
    });
    await wait(60_000);
    cluster.putSet('other', 'one');
    await wait(60_000);
    t.equal(log.lines.length, 1);
    t.match(log.lines[0], { level: 'error', message: /^ZK603 / });
    t.equal(tally.errors['kind-missing'], 1);
    t.equal(tally.succeededAt, 0);
    t.strictSame(cluster.writes, []);
    cluster.hasKind = true;
    await wait(60_000);
    t.equal(cluster.classes.size, 2);
  },
);

t.test('without the kind nothing is said where no set asks for secrets', async (t) => {
  const { log } = await startTerm(t, (all) => {
    all.hasKind = false;
    all.putSet('plain');
  });
  t.same(log.lines, []);
});

t.test('a failure is logged once, tried again, and over when it is over', async (t) => {
  const { cluster, log, tally, term, wait } = await startTerm(t, (all) => {
    all.putSet('db', 'one');
    all.refuse = ({ method, path }) => {
      if (method === 'POST' && path.includes('/secretproviderclasses')) throw refusal(500);
    };
  });
  await wait(500);
  t.equal(term.queued, 1);
  t.equal(log.lines.length, 1);
  t.equal(tally.errors.failed, 2);
  cluster.refuse = () => {};
  await wait(1000);
  t.ok(cluster.classes.has(nameOne));
  t.match(log.lines.at(-1)?.message, /^over: /);
});

t.test('a namespace that goes and a race are no failures', async (t) => {
  const errors = [refusal(409), refusal(404)];
  const { cluster, log, wait } = await startTerm(t, (all) => {
    all.putSet('db', 'one');
    all.refuse = ({ method, path }) => {
      if (method !== 'GET' && path.includes('/secretproviderclasses') && errors.length > 0) {
        throw errors.pop();
      }
    };
  });
  await wait(500);
  await wait(1000);
  t.ok(cluster.classes.has(nameOne));
  t.strictSame(
    log.lines.map(({ level }) => level),
    ['info'],
  );
});

t.test('a failure of one set is not over when another one succeeds', async (t) => {
  const { cluster, log } = await startTerm(t, (all) => {
    all.putSet('db', 'one');
    all.refuse = ({ method, body }) => {
      if (method === 'POST' && JSON.stringify(body).includes(nameOne)) throw refusal(500);
    };
  });
  cluster.putSet('other', 'one');
  await settled();
  t.equal(cluster.classes.size, 1);
  t.notOk(log.lines.some(({ message }) => message.startsWith('over')));
});

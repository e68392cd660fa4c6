import t, { type Test } from 'tap';
import type { KubeRequest } from '../../../webhook/controllers/kube.ts';
import { electLeader } from '../../../webhook/controllers/leader.ts';
import { FakeKube, refusal, settled } from '../../support/fake-kube.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { MemoryLog } from '../../support/memory-log.ts';

const SECOND = 1000;

interface Lease {
  metadata: { resourceVersion: string };
  spec: { holderIdentity: string; leaseTransitions: number };
}

/** An API server with one Lease, and replicas that want it. */
function start(test: Test) {
  const clock = new ManualClock();
  const log = new MemoryLog();
  const server = { lease: undefined as Lease | undefined, isDown: false };
  const put = (body: unknown) => {
    const version = Number(server.lease?.metadata.resourceVersion ?? 0) + 1;
    server.lease = { ...(body as Lease), metadata: { resourceVersion: `${version}` } };
    return server.lease;
  };
  const answer = ({ method, body }: KubeRequest) => {
    if (server.isDown) throw new Error('connection refused');
    const { lease } = server;
    const base = (body as Lease | undefined)?.metadata.resourceVersion;
    if (method === 'GET' && !lease) throw refusal(404);
    if (method === 'GET') return lease;
    if (base !== lease?.metadata.resourceVersion) throw refusal(409);
    return put(body);
  };
  const replica = (identity: string) => {
    // A frozen replica gets no answers and takes no turns; its clock goes on.
    const state = { isFrozen: false };
    const kube = new FakeKube((request) => {
      if (state.isFrozen) throw new Error('frozen');
      return answer(request);
    });
    const changes: boolean[] = [];
    const onChange = () => changes.push(leader.isLeader());
    const lease = { namespace: 'system', name: 'leader', identity, onChange };
    const leader = electLeader(kube, lease, { clock, log, random: () => 0 });
    const end = new AbortController();
    const running = leader.run(end.signal);
    const stop = () => {
      end.abort();
      return running;
    };
    test.teardown(stop);
    return { leader, kube, state, stop, changes };
  };
  const wait = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 1) {
      await settled();
      clock.advance(SECOND);
      await settled();
    }
  };
  return { clock, log, server, replica, wait };
}

t.test('of several replicas one leads, and goes on leading', async (t) => {
  const { replica, wait, server } = start(t);
  const all = ['one', 'two', 'three'].map(replica);
  await settled();
  for (let minute = 0; minute < 3; minute += 1) {
    const leading = all.filter(({ leader }) => leader.isLeader());
    t.equal(leading.length, 1);
    t.equal(leading[0], all[0]);
    await wait(20);
  }
  t.equal(server.lease?.spec.holderIdentity, 'one');
  t.equal(server.lease?.spec.leaseTransitions, 0);
});

t.test('a leader that stops hands over at once', async (t) => {
  const { replica, wait, server, log } = start(t);
  const one = replica('one');
  await settled();
  const two = replica('two');
  await wait(1);
  t.notOk(two.leader.isLeader());
  await one.stop();
  t.notOk(one.leader.isLeader());
  t.equal(server.lease?.spec.holderIdentity, '');
  await wait(2);
  t.ok(two.leader.isLeader());
  t.equal(server.lease?.spec.leaseTransitions, 1);
  t.same(
    log.lines.filter(({ level }) => level !== 'info'),
    [],
  );
});

t.test('a frozen leader is replaced, and never leads beside the next', async (t) => {
  const { replica, wait } = start(t);
  const one = replica('one');
  await settled();
  const two = replica('two');
  await wait(4);
  one.state.isFrozen = true;
  for (let second = 0; second < 40; second += 1) {
    await wait(1);
    t.notOk(one.leader.isLeader() && two.leader.isLeader());
  }
  t.ok(two.leader.isLeader());
  one.state.isFrozen = false;
  await wait(5);
  t.notOk(one.leader.isLeader());
  t.ok(two.leader.isLeader());
});

t.test(
  'an API server that is away ends the leadership, and its return brings one back',
  async (t) => {
    const { replica, wait, server, log } = start(t);
    const one = replica('one');
    await settled();
    server.isDown = true;
    await wait(11);
    t.notOk(one.leader.isLeader());
    server.isDown = false;
    await wait(3);
    t.ok(one.leader.isLeader());
    t.equal(log.lines.filter(({ level }) => level === 'error').length, 1);
  },
);

t.test('a Lease that somebody takes or deletes is respected', async (t) => {
  const { replica, wait, server } = start(t);
  const one = replica('one');
  await settled();
  const { lease } = server;
  if (!lease) throw new Error('no Lease');
  server.lease = {
    metadata: { resourceVersion: '100' },
    spec: { ...lease.spec, holderIdentity: 'other' },
  };
  await wait(2);
  t.notOk(one.leader.isLeader());
  server.lease = undefined;
  await wait(2);
  t.ok(one.leader.isLeader());
});

t.test('a write that loses ends the leadership until it is clear who won', async (t) => {
  const { replica, wait } = start(t);
  const one = replica('one');
  await settled();
  t.ok(one.leader.isLeader());
  const { answer } = one.kube;
  one.kube.answer = (request) => {
    if (request.method === 'PATCH') throw refusal(409);
    return answer(request);
  };
  await wait(2);
  t.notOk(one.leader.isLeader());
  one.kube.answer = answer;
  await wait(2);
  t.ok(one.leader.isLeader());
});

t.test('a Lease that cannot be given up ends by itself', async (t) => {
  const { replica, server, log } = start(t);
  const one = replica('one');
  await settled();
  server.isDown = true;
  await one.stop();
  t.notOk(one.leader.isLeader());
  t.equal(server.lease?.spec.holderIdentity, 'one');
  t.same(
    log.lines.filter(({ level }) => level !== 'info'),
    [],
  );
});

t.test('a replica is told when it begins to lead and when it has ceased to', async (t) => {
  const { replica, wait, server } = start(t);
  const one = replica('one');
  await settled();
  t.strictSame(one.changes, [true]);
  server.isDown = true;
  await wait(20);
  t.strictSame(one.changes, [true, false]);
  server.isDown = false;
  await wait(20);
  await one.stop();
  t.strictSame(one.changes, [true, false, true, false]);
  const other = replica('other');
  await settled();
  other.state.isFrozen = true;
  await wait(12);
  t.strictSame(other.changes, [true, false]);
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { RESTART_EXIT_CODE } from '../../../sidecar/contract.ts';
import { Rotations } from '../../../sidecar/rotation/rotations.ts';
import type { OnRotation } from '../../../sidecar/settings.ts';
import type { PastRotations, RotationStatus } from '../../../sidecar/status/status.ts';
import { newTally } from '../../../sidecar/status/tally.ts';

interface World {
  readonly past?: PastRotations;
  readonly canKeep?: () => boolean;
}

function rotations(
  t: Test,
  action: OnRotation,
  { past = { generations: {} }, canKeep }: World = {},
) {
  const stop = new AbortController();
  t.teardown(() => stop.abort());
  const told: RotationStatus[] = [];
  const ended: number[] = [];
  const tally = newTally();
  const subject = new Rotations({
    action,
    past,
    environmentFile: '/run/app.env',
    wall: () => 0,
    tally,
    tell: (status) => {
      told.push(status);
      return canKeep?.() ?? true;
    },
    exit: (code) => ended.push(code),
    signal: stop.signal,
  });
  return { subject, told, ended, tally };
}

t.test('the first generation is no rotation, the next is one, once', async (t) => {
  const { subject, told, tally } = rotations(t, { kind: 'none' });
  t.ok(subject.delivered({ '/mnt': '..1' }));
  t.match(told, [{ action: 'none', count: 0, generations: { '/mnt': '..1' } }]);
  t.ok(subject.delivered({ '/mnt': '..1' }));
  t.equal(told.length, 1);
  t.ok(subject.delivered({ '/mnt': '..2' }));
  t.match(told.at(-1), { count: 1, outcome: 'done', generations: { '/mnt': '..2' } });
  t.equal(tally.rotations, 1);
});

t.test('one that came while the container was down is one', async (t) => {
  const { subject, ended } = rotations(
    t,
    { kind: 'restart' },
    { past: { generations: { '/mnt': '..1' } } },
  );
  t.ok(subject.delivered({ '/mnt': '..2', '/new': '..1' }));
  t.strictSame(ended, [RESTART_EXIT_CODE]);
});

t.test(
  'the restart is kept in mind before it happens, so that it does not happen again',
  async (t) => {
    let canKeep = false;
    const world = { past: { generations: { '/mnt': '..1' } }, canKeep: () => canKeep };
    const { subject, told, ended } = rotations(t, { kind: 'restart' }, world);
    t.notOk(subject.delivered({ '/mnt': '..2' }));
    t.strictSame(ended, [], 'a full disk does not make a loop of restarts');
    t.match(subject.status, { outcome: 'pending', generations: { '/mnt': '..1' } });
    canKeep = true;
    t.ok(subject.delivered({ '/mnt': '..2' }));
    t.strictSame(ended, [88]);
    t.match(told.at(-1), { outcome: 'restarting', generations: { '/mnt': '..2' } });
  },
);

t.test(
  'the status of a container that was started again tells of the rotation before',
  async (t) => {
    const past = { generations: { '/mnt': '..2' }, lastAt: 'then', outcome: 'restarted' } as const;
    const { subject, ended } = rotations(t, { kind: 'restart' }, { past });
    const expected = { action: 'restart', count: 0, ...past };
    t.strictSame(subject.status, expected);
    t.ok(subject.delivered({ '/mnt': '..2' }));
    t.strictSame(subject.status, expected);
    t.strictSame(ended, []);
  },
);

t.test('an application is told until it accepts, and only then it is done', async (t) => {
  const bodies: unknown[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(await json(request));
    response.writeHead(bodies.length === 1 ? 503 : 200).end();
  }).listen(0, '127.0.0.1');
  t.teardown(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/reload?key=hidden`;
  const world = { past: { generations: { '/mnt': '..1' } } };
  const { subject, told, tally } = rotations(t, { kind: 'http', url }, world);
  t.ok(subject.delivered({ '/mnt': '..2' }));
  t.match(told.at(-1), { outcome: 'pending', generations: { '/mnt': '..1' } });
  t.ok(subject.delivered({ '/mnt': '..2' }), 'the same one is not told twice at a time');
  while (subject.status.outcome !== 'done') await setTimeout(10);
  t.match(told.find(({ problem }) => problem)?.problem, { code: 'ZK831', message: /HTTP 503/ });
  t.match(subject.status, { count: 1, generations: { '/mnt': '..2' } });
  t.notHas(subject.status, 'problem');
  t.strictSame(tally.announcements, { accepted: 1, failed: 1 });
  const body = {
    event: 'rotation',
    mounts: [{ path: '/mnt', generation: '..2' }],
    environmentFile: '/run/app.env',
  };
  t.strictSame(bodies, [body, body]);
  t.notMatch(JSON.stringify(told), 'hidden');
});

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import type { Facts } from '../../../sidecar/status/facts.ts';
import { pastRotations, StatusKeeper } from '../../../sidecar/status/keeper.ts';
import { scratch } from '../../support/scratch.ts';

const FACTS: Facts = {
  version: '1',
  ready: false,
  mounts: [],
  environment: undefined,
  comparison: undefined,
  rotation: { action: 'none', count: 0, generations: { '/mnt': '..1' } },
  problems: [],
};

function keeper(file: string) {
  const lines: unknown[] = [];
  const clock = { wall: 1000 };
  const subject = new StatusKeeper(file, FACTS, {
    now: () => ({ wall: clock.wall, monotonic: clock.wall }),
    random: () => 0,
    log: (level, msg, fields) => lines.push({ level, msg, ...fields }),
    exit: () => {},
    credentials: {
      ...{ tenantId: undefined, clientId: undefined },
      ...{ tokenFile: undefined, authorityHost: undefined },
    },
  });
  return { subject, lines, clock };
}

t.test('the file holds the status, and is touched only when that changes', async (t) => {
  const file = path.join(scratch(t), 'status.json');
  const { subject, lines, clock } = keeper(file);
  t.ok(subject.publish());
  t.strictSame(JSON.parse(readFileSync(file, 'utf8')), subject.status());
  const { ino } = statSync(file);
  clock.wall = 5000;
  t.ok(subject.publish());
  t.equal(statSync(file).ino, ino);
  t.equal(subject.status().since, '1970-01-01T00:00:01.000Z');
  t.ok(subject.update({ ready: true }));
  t.not(statSync(file).ino, ino);
  t.match(lines, [{ level: 'info', msg: 'state', state: 'fresh' }]);
});

t.test('a problem is logged when it comes and when it goes', async (t) => {
  const { subject, lines } = keeper(path.join(scratch(t), 'status.json'));
  const problem = { code: 'ZK899', message: 'ZK899 it is so' };
  subject.update({ problems: [problem] });
  subject.update({ problems: [problem], ready: true });
  subject.update({ problems: [] });
  t.match(lines.slice(1), [
    { level: 'warn', msg: 'problem', ...problem },
    { level: 'info', msg: 'problem is over', code: 'ZK899' },
  ]);
  t.equal(lines.length, 3);
});

t.test('a file that cannot be written is a problem of its own until it can', async (t) => {
  const { subject } = keeper(path.join(scratch(t), 'absent', 'status.json'));
  t.notOk(subject.publish());
  t.match(subject.status().problems, [{ code: 'ZK821', message: /ENOENT/ }]);
});

t.test('what an earlier container had done is remembered, and nonsense is nothing', async (t) => {
  const file = path.join(scratch(t), 'status.json');
  t.strictSame(pastRotations(file), { generations: {} });
  keeper(file).subject.publish();
  t.strictSame(pastRotations(file), { generations: { '/mnt': '..1' } });
  for (const text of ['', '[]', 'null', '{"rotation":{"generations":{"/mnt":1}}}']) {
    writeFileSync(`${file}.other`, text);
    t.strictSame(pastRotations(`${file}.other`), { generations: {} }, text);
  }
});

t.test('what became of the last rotation is remembered if nothing is left to do', async (t) => {
  const file = path.join(scratch(t), 'status.json');
  const [lastAt, generations] = ['2026-11-21T12:00:00.000Z', { '/mnt': '..1' }];
  const left = (rotation: object) => {
    writeFileSync(file, JSON.stringify({ rotation: { generations, ...rotation } }));
    return pastRotations(file);
  };
  const became = { done: 'done', restarting: 'restarted', restarted: 'restarted' };
  for (const [before, outcome] of Object.entries(became)) {
    t.strictSame(left({ lastAt, outcome: before }), { generations, lastAt, outcome });
  }
  for (const rotation of [{}, { outcome: 'done' }, { lastAt: 1, outcome: 'done' }]) {
    t.strictSame(left(rotation), { generations });
  }
  for (const outcome of ['pending', 'failed', 'other', 1]) {
    t.strictSame(left({ lastAt, outcome }), { generations });
  }
});

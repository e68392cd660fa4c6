import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import type { Problem } from '../../../sidecar/messages.ts';
import { watchSecretMount } from '../../../sidecar/mount/watch.ts';
import { scratch } from '../../support/scratch.ts';
import { SecretMount } from '../../support/secret-mount.ts';

const NEVER = 1_000_000;
const newMount = (t: Parameters<typeof scratch>[0]) =>
  new SecretMount(path.join(scratch(t), 'mount'));

t.test('the first generation comes at once, and each later one when it comes', async (t) => {
  const mount = newMount(t);
  mount.write({ a: '0' });
  const stop = new AbortController();
  const seen: string[] = [];
  const options = { signal: stop.signal, pollInterval: NEVER };
  for await (const { files } of watchSecretMount(mount.path, options)) {
    seen.push(files.get('a')?.toString() ?? '');
    if (seen.length < 200) mount.write({ a: String(seen.length) });
    else stop.abort();
  }
  t.strictSame(
    seen,
    Array.from({ length: 200 }, (_, n) => String(n)),
  );
});

t.test('a mount that comes later is waited for, and its lack is told once', async (t) => {
  const mount = newMount(t);
  const told: string[][] = [];
  const onProblems = (problems: readonly Problem[]) => {
    told.push(problems.map(({ code }) => code));
    if (problems.length > 0) mount.write({ a: '1' });
  };
  for await (const { files } of watchSecretMount(mount.path, { onProblems, pollInterval: NEVER })) {
    t.equal(files.get('a')?.toString(), '1');
    break;
  }
  t.strictSame(told, [['ZK811'], []]);
});

t.test('an aborted signal ends the iteration without an error', async (t) => {
  const mount = newMount(t);
  const stop = new AbortController();
  const all: unknown[] = [];
  const iteration = (async () => {
    for await (const one of watchSecretMount(mount.path, { signal: stop.signal })) all.push(one);
  })();
  await setTimeout(10);
  stop.abort();
  await iteration;
  t.strictSame(all, []);
  for await (const _ of watchSecretMount(mount.path, { signal: stop.signal })) t.fail('aborted');
});

t.test('when the watches of the node are used up, looking finds each change', async (t) => {
  const mount = newMount(t);
  mount.write({ a: '0' });
  const told: string[] = [];
  const none = () => {
    throw Object.assign(new Error('no watch'), { code: 'ENOSPC' });
  };
  let next = 1;
  const options = {
    pollInterval: 5,
    watch: none as unknown as typeof watch,
    onProblems: (problems: readonly Problem[]) =>
      told.push(...problems.map(({ message }) => message)),
  };
  for await (const { files } of watchSecretMount(mount.path, options)) {
    t.equal(files.get('a')?.toString(), String(next - 1));
    if (next === 4) break;
    mount.write({ a: String(next) });
    next += 1;
  }
  t.match(told, [/^ZK815 .*ENOSPC.* every 0.005 s/]);
  t.equal(told.length, 1);
});

t.test('a watch that fails or tells nothing is set up again', async (t) => {
  const mount = newMount(t);
  mount.write({ a: '0' });
  const set: FSWatcher[] = [];
  const deaf = (folder: string) => {
    const watcher = watch(folder);
    set.push(watcher);
    return watcher;
  };
  let next = 1;
  const options = { pollInterval: 5, watch: deaf as unknown as typeof watch };
  for await (const { files } of watchSecretMount(mount.path, options)) {
    t.equal(files.get('a')?.toString(), String(next - 1));
    if (next === 4) break;
    if (next === 3) set.at(-1)?.emit('error', Object.assign(new Error('lost'), { code: 'EIO' }));
    mount.write({ a: String(next) });
    next += 1;
  }
  t.ok(set.length >= 3, `${set.length} watches`);
});

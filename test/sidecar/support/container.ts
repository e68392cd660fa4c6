import { setTimeout } from 'node:timers/promises';
import type { Test } from 'tap';
import { parseArguments } from '../../../sidecar/arguments.ts';
import { Container } from '../../../sidecar/container.ts';
import type { Status } from '../../../sidecar/status/status.ts';
import type { Surroundings } from '../../../sidecar/surroundings.ts';
import { scratch } from '../../support/scratch.ts';
import { podFolder } from '../../support/sidecar-process.ts';

const NONE: Surroundings['credentials'] = {
  tenantId: undefined,
  clientId: undefined,
  tokenFile: undefined,
  authorityHost: undefined,
};

/** A container in this process, with everything that it says and does. */
export function startContainer(t: Test, args: readonly string[], credentials = NONE) {
  const parsed = parseArguments(args);
  if (parsed.kind !== 'settings') throw new Error(JSON.stringify(parsed));
  const stop = new AbortController();
  t.teardown(() => stop.abort());
  const lines: unknown[] = [];
  const ended: number[] = [];
  const clock = { wall: 0 };
  const surroundings = {
    now: () => ({ wall: Date.now() + clock.wall, monotonic: performance.now() }),
    random: () => 0,
    log: (level: string, msg: string, fields: object = {}) => lines.push({ level, msg, ...fields }),
    exit: (code: number) => ended.push(code),
    credentials,
  };
  const container = new Container(parsed.settings, surroundings, stop.signal);
  const running = container.run();
  const until = async (holds: (status: Status) => boolean): Promise<Status> => {
    while (!holds(container.status())) await setTimeout(5);
    return container.status();
  };
  return { container, lines, ended, clock, until, running, stop: () => stop.abort() };
}

/** One whose mount holds `A`, in a folder of its own or in that one, where it writes unless another one is named. */
export function startPod(
  t: Test,
  extra: readonly string[] = [],
  folder = scratch(t),
  output = folder,
) {
  const pod = podFolder(folder, output);
  pod.mount.write({ a: '1' });
  return { ...pod, folder, ...startContainer(t, [...pod.args, ...extra]) };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import t from 'tap';
import { run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';
import { podFolder, SidecarProcess } from '../support/sidecar-process.ts';
import { payloadOf } from './support/generations.ts';

/** Rotations: all that the contract asks for in CI, fewer at the desk. */
const ROUNDS = process.env.CI ? 100_000 : 3_000;

t.setTimeout(900_000);

t.test(
  'however fast a mount rotates, no reader ever sees a torn, mixed or missing file',
  async (t) => {
    const { mount, envFile, args } = podFolder(scratch(t));
    mount.write(payloadOf(0));
    const sidecar = await SidecarProcess.start(t, args);
    const reader = spawn(process.execPath, ['test/sidecar/support/reader.ts', envFile], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    t.teardown(() => reader.kill('SIGKILL'));
    await once(reader.stdout, 'readable');
    const report = text(reader.stdout);
    const writer = ['test/sidecar/support/writer.ts', mount.path, '1', String(ROUNDS)];
    t.match(await run(process.execPath, writer, { timeout: 800_000 }), { code: 0, stderr: '' });
    await sidecar.until(({ mounts }) => mounts[0]?.generation === mount.generation);
    reader.kill('SIGTERM');
    const { reads, generations, wrong } = JSON.parse((await report).replace('reading\n', ''));
    t.strictSame(wrong, []);
    t.ok(reads > 100 && generations > 10, `${reads} reads of ${generations} generations`);
    t.comment(`${ROUNDS} rotations, ${reads} reads, ${generations} generations seen`);
  },
);

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import { parseEnvFile } from '../../sidecar/env/parse.ts';
import { scratch } from '../support/scratch.ts';
import { podFolder, SidecarProcess } from '../support/sidecar-process.ts';
import { generationOf, payloadOf } from './support/generations.ts';

/** Kills: many in CI, fewer at the desk. */
const KILLS = process.env.CI ? 100 : 8;

t.setTimeout(600_000);

t.test('killed at any moment, it leaves a whole file, and the next start clears up', async (t) => {
  const folder = scratch(t);
  const { mount, envFile, args } = podFolder(folder);
  mount.write(payloadOf(0));
  const writer = ['test/sidecar/support/writer.ts', mount.path, '1', '100000000'];
  const driver = spawn(process.execPath, writer, { stdio: 'ignore' });
  t.teardown(() => driver.kill('SIGKILL'));
  let latest = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const sidecar = await SidecarProcess.start(t, args);
    await setTimeout(Math.random() * 60);
    sidecar.signal('SIGKILL');
    await sidecar.ended();
    const found = generationOf(parseEnvFile(readFileSync(envFile, 'utf8'), 'posix'));
    t.ok(found >= latest, `generation ${found} after ${latest}`);
    latest = found;
  }
  driver.kill('SIGKILL');
  await once(driver, 'close');
  // The driver was killed too, and does by itself what it does after a crash: it goes on from what `..data` names.
  mount.write(payloadOf(latest + 1));
  const last = await SidecarProcess.start(t, args);
  await last.until(({ mounts }) => mounts[0]?.generation === mount.generation);
  t.equal(generationOf(parseEnvFile(readFileSync(envFile, 'utf8'), 'posix')), latest + 1);
  const left = readdirSync(path.dirname(envFile)).filter((name) => name.endsWith('.unfinished'));
  t.strictSame(left, []);
});

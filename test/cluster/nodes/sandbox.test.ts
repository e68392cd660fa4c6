import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import t from 'tap';
import { run } from '../../support/run.ts';
import { until } from '../until.ts';
import { inSandbox } from './sandbox.ts';

/** Is there a process whose command line is this? */
async function isRunning(...command: string[]): Promise<boolean> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''));
  return (await Promise.all(lines)).includes(`${command.join('\0')}\0`);
}

t.test('a command runs in a network of its own, and its exit code is the sandbox’s', async (t) => {
  const [command = '', ...args] = inSandbox(['sh', '-c', 'ip -o link; exit 7']);
  const { code, stdout } = await run(command, args);
  t.equal(code, 7);
  t.match(stdout, /^1: lo:/);
  t.equal(stdout.trim().split('\n').length, 1);
});

t.test('all that runs in it ends when its maker is killed', async (t) => {
  // It outlives its parent and the shell that started it, as a container does.
  const orphan = `sleep 600; : ${randomUUID()}`;
  const background = `setsid sh -c '${orphan}' & sleep 600`;
  const [command, ...args] = inSandbox(['sh', '-c', background]);
  const maker = spawn(process.execPath, [
    '-e',
    `require('node:child_process').spawn(...${JSON.stringify([command, args])})`,
  ]);
  await until('a process in the sandbox', () => isRunning('sh', '-c', orphan));
  maker.kill('SIGKILL');
  await until('no process in the sandbox', async () => !(await isRunning('sh', '-c', orphan)));
  t.pass();
});

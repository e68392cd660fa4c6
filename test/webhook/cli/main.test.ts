import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { run } from '../../support/run.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const MYSQL = path.join(ROOT, 'test/golden/cli/mysql-azuredisk-v2');
const MAIN = path.join(ROOT, 'webhook/cli/main.ts');

t.test('npm run -s zonekeeper injects, and writes nothing but its output', async (t) => {
  const args = ['run', '-s', 'zonekeeper', '--', 'inject', '-f', '-', '--profile', 'azuredisk-v2'];
  const [input, output] = await Promise.all(
    ['input.yaml', 'output.yaml'].map((name) => readFile(path.join(MYSQL, name), 'utf8')),
  );
  const { code, stdout } = await run('npm', args, { cwd: ROOT, input: input ?? '' });
  t.equal(code, 0);
  t.equal(stdout, output);
});

t.test('exit code, output and errors reach the process', async (t) => {
  t.match(await run(process.execPath, [MAIN, 'inject', '-f', 'none']), {
    code: 1,
    stdout: '',
    stderr: /^error: ZK505 /,
  });
  t.match(await run(process.execPath, [MAIN, '--version']), { code: 0, stdout: /^\d+\.\d+\.\d+/ });
});

t.test('a reader that stops early is no error', async (t) => {
  const child = spawn(process.execPath, [MAIN, 'inject', '-f', path.join(MYSQL, 'input.yaml')]);
  child.stdout.destroy();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  t.equal(stderr, '');
  t.equal(code, 0);
});

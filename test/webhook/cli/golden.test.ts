import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { zonekeeper } from './support/io.ts';

const GOLDEN = path.join(import.meta.dirname, '../../golden');
const ROOT = path.join(GOLDEN, 'cli');
const EXTENSIONS = { inject: 'yaml', uninject: 'yaml', explain: 'txt' } as const;

const entries = await readdir(ROOT, { withFileTypes: true });
const cases = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);

async function argumentsOf(folder: string): Promise<string[]> {
  const command = await readFile(path.join(folder, 'command.txt'), 'utf8');
  return command.trim().split(' ');
}

function outputName(args: readonly string[]): string {
  if (args.includes('--diff')) return 'output.diff';
  if (args.at(-1)?.endsWith('.json') && args.length === 3) return 'output.json';
  return `output.${EXTENSIONS[args[0] as keyof typeof EXTENSIONS]}`;
}

/** What is on disk; with UPDATE_GOLDEN set, what was found, which is then on disk. */
async function expected(file: string, found: string): Promise<string> {
  if (process.env.UPDATE_GOLDEN) await writeFile(file, found);
  return readFile(file, 'utf8');
}

for (const name of cases) {
  t.test(`${name}: output and report are as recorded`, async (t) => {
    const folder = path.join(ROOT, name);
    process.chdir(folder);
    const args = await argumentsOf(folder);
    const { code, stdout, stderr } = await zonekeeper(args);
    t.equal(stdout, await expected(path.join(folder, outputName(args)), stdout));
    const report = `${stderr}exit code ${code}\n`;
    t.equal(report, await expected(path.join(folder, 'report.txt'), report));
  });
}

t.test('Kubernetes’ own MySQL gets scheduler, class and marker, and nothing else', async (t) => {
  const original = await readFile(path.join(GOLDEN, 'kubernetes-mysql.yaml'), 'utf8');
  const folder = path.join(ROOT, 'mysql-azuredisk-v2');
  const input = await readFile(path.join(folder, 'input.yaml'), 'utf8');
  const output = await readFile(path.join(folder, 'output.yaml'), 'utf8');
  t.strictSame(added(original, input), ['  annotations:', '    zonekeeper.io/inject: "true"']);
  t.strictSame(added(input, output), [
    `    zonekeeper.io/injected: '{"v":1,"by":"0.1.0","offline":true,"profile":"azuredisk-v2","request":{"inject":"true"},"claims":{"data":"azuredisk-standard-ssd-zrs-replicas"},"scheduler":{"name":"csi-azuredisk-scheduler-extender"}}'`,
    '      schedulerName: csi-azuredisk-scheduler-extender',
    '      storageClassName: azuredisk-standard-ssd-zrs-replicas',
  ]);
});

/** The lines that a text has more than another, all of whose lines it has in their order. */
function added(before: string, after: string): string[] {
  const rest = before.split('\n');
  const more = after.split('\n').filter((line) => {
    if (line !== rest[0]) return true;
    rest.shift();
    return false;
  });
  return rest.length === 0 ? more : [`missing: ${rest[0]}`];
}

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import t from 'tap';
import type { EnvFormat } from '../../sidecar/contract.ts';
import { renderEnvFile } from '../../sidecar/env/render.ts';
import { run } from '../support/run.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const USER = 'O\'Neil "é" $HOME #1 \\x';

type Example = {
  readonly title: string;
  readonly format: EnvFormat;
  readonly language: string;
  readonly command: (file: string, text: string) => readonly [string, ...string[]];
};

const EXAMPLES: readonly Example[] = [
  { title: 'Shell', format: 'posix', language: 'sh', command: (file) => ['sh', file] },
  { title: 'Node.js', format: 'node', language: 'js', command: evaluate('commonjs') },
  { title: 'dotenv', format: 'dotenv', language: 'mjs', command: evaluate('module') },
  { title: 'Python', format: 'json', language: 'python', command: (file) => ['python3', file] },
  { title: 'Go', format: 'json', language: 'go', command: (file) => ['go', 'run', file] },
  { title: 'Java', format: 'java-properties', language: 'java', command: (file) => ['java', file] },
];

const page = await readFile(path.join(ROOT, 'docs/env-formats.md'), 'utf8');
const folder = await mkdtemp(path.join(tmpdir(), 'zonekeeper-docs-'));
t.teardown(() => rm(folder, { recursive: true, force: true }));

for (const { title, format, language, command } of EXAMPLES) {
  t.test(`the example for ${title} reads a file of its format`, async (t) => {
    const [, text = ''] =
      new RegExp(`### ${title}\\n[^#]*?\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(page) ?? [];
    const file = path.join(folder, `example.${language}`);
    const variables = path.join(folder, `${language}.env`);
    await writeFile(file, text);
    await writeFile(variables, renderEnvFile({ DB_USER: USER }, format));
    const [program, ...args] = command(file, text);
    const env = { ZONEKEEPER_ENV_FILE: variables };
    const outcome = await run(program, args, { cwd: ROOT, env }).catch(() => undefined);
    if (!outcome && !process.env.CI)
      return t.pass(`no ${program}`, { skip: `no ${program} on PATH` });
    t.equal(outcome?.stdout, `connecting as ${USER}\n`, outcome?.stderr ?? 'not started');
  });
}

/** Not from its file: packages are found from the working folder then. */
function evaluate(type: string): Example['command'] {
  return (_, text) => [process.execPath, `--input-type=${type}`, '--eval', text];
}

import t from 'tap';
import { ENV_FORMATS, type EnvFormat } from '../../../sidecar/contract.ts';
import { parseEnvFile } from '../../../sidecar/env/parse.ts';
import { renderEnvFile, tryRender } from '../../../sidecar/env/render.ts';
import { UnrenderableError } from '../../../sidecar/env/unrenderable-error.ts';

const FORMATS: readonly EnvFormat[] = [...ENV_FORMATS, 'kubernetes'];

t.test('variables are sorted by name, whatever their order', async (t) => {
  t.equal(renderEnvFile({ B: '2', a: '3', A: '1', A_: '4' }, 'docker'), 'A=1\nA_=4\nB=2\na=3\n');
  for (const format of FORMATS) {
    t.equal(renderEnvFile({ B: '2', A: '1' }, format), renderEnvFile({ A: '1', B: '2' }, format));
  }
});

t.test('an ordinary value looks the same in all formats with quotes', async (t) => {
  const variables = { DB_PASSWORD: 'p4$$ "word" #1\nsecond line', DB_USER: 'app' };
  const portable = `DB_PASSWORD='p4$$ "word" #1\nsecond line'\nDB_USER='app'\n`;
  for (const format of ['posix', 'dotenv', 'node', 'systemd', 'kubernetes'] as const) {
    t.equal(renderEnvFile(variables, format), portable);
  }
});

t.test('no variables give a file that is one of the format', async (t) => {
  for (const format of FORMATS) t.same(parseEnvFile(renderEnvFile({}, format), format), {});
  t.equal(renderEnvFile({}, 'posix'), '');
  t.equal(renderEnvFile({}, 'json'), '{}\n');
});

t.test('what no environment can hold is refused in every format', async (t) => {
  const variables = { 'A-B': 'x', '1': 'x', '': 'x', NUL: 'a\0', HALF: '\ud800', NONE: undefined };
  for (const format of FORMATS) {
    t.same(tryRender(variables as never, format), {
      refused: [
        { name: '', reason: 'a name with more than A-Z, a-z, 0-9 and _' },
        { name: '1', reason: 'a name with more than A-Z, a-z, 0-9 and _' },
        { name: 'A-B', reason: 'a name with more than A-Z, a-z, 0-9 and _' },
        { name: 'HALF', reason: 'half of a surrogate pair' },
        { name: 'NONE', reason: 'a value that is not a string' },
        { name: 'NUL', reason: 'a NUL character' },
      ],
    });
  }
});

t.test('the error names all variables that the format cannot carry, and no value', async (t) => {
  const variables = { CERT: 'canary\ncanary', FINE: 'canary', KEY: 'canary\n' };
  t.throws(() => renderEnvFile(variables, 'docker'), {
    name: 'UnrenderableError',
    code: 'ZK801',
    format: 'docker',
    variables: [
      { name: 'CERT', reason: 'a line break' },
      { name: 'KEY', reason: 'a line break' },
    ],
    message:
      'ZK801 format docker cannot carry CERT (a line break), KEY (a line break); expected what it can ' +
      'quote; use another env-format, store base64, or pass the file itself as NAME_FILE',
  });
  try {
    renderEnvFile(variables, 'docker');
  } catch (error) {
    t.ok(error instanceof UnrenderableError);
    t.notMatch(JSON.stringify(error) + (error as Error).stack, /canary/);
  }
});

t.test('a format that is none is an error that lists those that are', async (t) => {
  for (const format of ['yaml', 'toString', '__proto__']) {
    t.throws(() => renderEnvFile({}, format as EnvFormat), {
      name: 'TypeError',
      message: `ZK803 environment format "${format}" is unknown; expected one of ${FORMATS.join(', ')}; name one of them`,
    });
  }
});

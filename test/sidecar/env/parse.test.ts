import t from 'tap';
import { ENV_FORMATS, type EnvFormat } from '../../../sidecar/contract.ts';
import { parseEnvFile } from '../../../sidecar/env/parse.ts';
import { renderEnvFile } from '../../../sidecar/env/render.ts';
import { EnvSyntaxError } from '../../../sidecar/env/syntax-error.ts';

const FORMATS: readonly EnvFormat[] = [...ENV_FORMATS, 'kubernetes'];

t.test('what was rendered is parsed to the same variables', async (t) => {
  const variables = { A: 'a "b" $c #d', B_2: 'é=😀', toString: 'x', constructor: 'y' };
  for (const format of FORMATS) {
    t.strictSame(parseEnvFile(renderEnvFile(variables, format), format), variables);
  }
});

t.test('names of JavaScript are names like others', async (t) => {
  for (const format of FORMATS.filter((name) => name !== 'node' && name !== 'dotenv')) {
    const text = renderEnvFile(Object.fromEntries([['__proto__', 'x']]), format);
    const found = parseEnvFile(text, format);
    t.same(Object.entries(found), [['__proto__', 'x']]);
    t.equal(Object.getPrototypeOf(found), Object.prototype);
  }
});

t.test('a name that occurs twice is an error at its second line', async (t) => {
  t.throws(() => parseEnvFile("A='1'\nB='2'\nA='3'\n", 'posix'), {
    name: 'EnvSyntaxError',
    code: 'ZK802',
    format: 'posix',
    line: 3,
    message:
      'ZK802 line 3 of the environment file is not posix; expected each name once; correct the line or ' +
      'name the format that the file is written in',
  });
  t.throws(() => parseEnvFile('{\n"A": "1", "A":\n "1"}', 'json'), { code: 'ZK802', line: 2 });
});

t.test('a value that no environment holds is an error at its line', async (t) => {
  t.throws(() => parseEnvFile('A=1\nB=\\u0000', 'java-properties'), { line: 2, code: 'ZK802' });
  t.throws(() => parseEnvFile('A=1\nB=\\ud800\n', 'java-properties'), { code: 'ZK802', line: 2 });
  t.throws(() => parseEnvFile("A='\n\0'\n", 'posix'), { code: 'ZK802', line: 1 });
});

t.test('errors never show what stands in the file', async (t) => {
  const broken = ['canary', 'A=canary\0', "A='canary", 'A="canary', '{"A": "canary" canary', 'A\n'];
  for (const format of FORMATS) {
    for (const text of broken) {
      try {
        parseEnvFile(`${text} canary`, format);
      } catch (error) {
        t.ok(error instanceof EnvSyntaxError);
        t.notMatch(JSON.stringify(error) + (error as Error).stack, /canary/);
      }
    }
    t.throws(() => parseEnvFile('canary', format), EnvSyntaxError);
  }
});

t.test('a format that is none is an error', async (t) => {
  t.throws(() => parseEnvFile('', 'yaml' as EnvFormat), { name: 'TypeError', message: /^ZK803 / });
});

t.test('large values and large files are no burden', async (t) => {
  const variables = Object.fromEntries(
    Array.from({ length: 2000 }, (_, index) => [`V${index}`, 'a"\\$ '.repeat(100)]),
  );
  for (const format of FORMATS) {
    t.ok(Object.keys(parseEnvFile(renderEnvFile(variables, format), format)).length === 2000);
  }
  const large = { A: 'it\'s "\\$ '.repeat(12_000) };
  for (const format of ['posix', 'systemd', 'node', 'json', 'java-properties'] as const) {
    t.ok(parseEnvFile(renderEnvFile(large, format), format).A === large.A);
  }
});

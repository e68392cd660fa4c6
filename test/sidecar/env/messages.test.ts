import t from 'tap';
import {
  ENV_MESSAGES,
  type EnvCode,
  type EnvMessageValues,
  envMessage,
} from '../../../sidecar/env/messages.ts';

const CASES: { readonly [C in EnvCode]: EnvMessageValues<C> } = {
  ZK801: { format: 'dotenv', variables: 'DB_CERT (a mix of quotes, backslashes and line breaks)' },
  ZK802: { line: 12, format: 'java-properties', expected: 'nothing but a comment after the value' },
  ZK803: { format: 'yaml', known: 'posix, dotenv, node, systemd, docker, java-properties, json' },
  ZK804: { name: 'MYSQL_ROOT_PASSWORD', file: 'mysql-root-password' },
  ZK805: { name: 'MYSQL_CERTIFICATE', file: 'mysql-certificate' },
  ZK806: { name: 'MYSQL_ROOT_PASSWORD', sources: '"mysql-root-password", "mysql_root_password"' },
};
const CODES = Object.keys(ENV_MESSAGES) as EnvCode[];

t.test('messages with ordinary names are one line of at most 256 characters', async (t) => {
  for (const code of CODES) {
    const text = envMessage(code, CASES[code] as never);
    t.match(text, /^ZK80\d [^\p{Cc}{}]+; expected [^\p{Cc}{}]+; [^\p{Cc}{}]+[^.;]$/u);
    t.notMatch(text, /undefined|null|\[object|NaN/);
    t.ok(text.length <= 256, `${code} has ${text.length} characters`);
  }
});

t.test('the reasons are sentences, and codes stand in order', async (t) => {
  for (const code of CODES) t.match(ENV_MESSAGES[code].why, /^\S.*\.$/);
  t.same(CODES, [...CODES].sort());
});

t.test('characters of a name that would break the line are left out', async (t) => {
  const text = envMessage('ZK804', { name: 'A\u2028\ud800', file: 'b\n\u001b[31mc' });
  t.match(text, 'variable A  is to come from the file "b [31mc"');
});

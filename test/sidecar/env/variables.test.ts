import t from 'tap';
import { mapVariables, type VariableMapping } from '../../../sidecar/env/variables.ts';

const mapping = (part: Partial<VariableMapping>): VariableMapping => ({
  contents: [],
  auto: false,
  paths: [],
  ...part,
});

const files = (content: Record<string, string | Uint8Array>) =>
  new Map(
    Object.entries(content).map(([file, value]) => [
      file,
      typeof value === 'string' ? Buffer.from(value) : value,
    ]),
  );

t.test('a variable holds the whole content of its file', async (t) => {
  const found = mapVariables(
    files({ 'db/password': ' secret\n', empty: '', other: 'x' }),
    mapping({
      contents: [
        { name: 'PW', file: 'db/password' },
        { name: 'E', file: 'empty' },
      ],
    }),
  );
  t.strictSame(found, { variables: { PW: ' secret\n', E: '' } });
});

t.test('auto makes a variable of every file, named after it', async (t) => {
  const found = mapVariables(
    files({ 'my-secret': '1', 'tls/key': '2', __proto__x: '3' }),
    mapping({ auto: true }),
  );
  t.strictSame(found, { variables: { MY_SECRET: '1', TLS_KEY: '2', __PROTO__X: '3' } });
});

t.test('a path is held as it is given, whatever is in the file', async (t) => {
  const found = mapVariables(
    files({ 'cert.p12': Uint8Array.of(0xff) }),
    mapping({ paths: [{ name: 'CERT_FILE', path: '/mnt/secrets-store/cert.p12' }] }),
  );
  t.strictSame(found, { variables: { CERT_FILE: '/mnt/secrets-store/cert.p12' } });
});

t.test('a name like that of an object’s prototype is a name', async (t) => {
  const found = mapVariables(
    files({ a: '1' }),
    mapping({ contents: [{ name: '__proto__', file: 'a' }] }),
  );
  t.same('variables' in found && Object.entries(found.variables), [['__proto__', '1']]);
});

t.test('all problems are told together, and no value', async (t) => {
  const found = mapVariables(
    files({ 'my-key': 'canary', my_key: 'canary', 'a.bin': Uint8Array.of(0xff, 0x41) }),
    mapping({
      auto: true,
      contents: [{ name: 'PW', file: 'pw' }],
      paths: [{ name: 'PW', path: '/mnt/pw' }],
    }),
  );
  t.strictSame(found, {
    problems: [
      {
        code: 'ZK806',
        variable: 'PW',
        message:
          'ZK806 variable PW has several sources: "pw", "/mnt/pw"; expected one; give each its own ' +
          'name in the annotation env',
      },
      {
        code: 'ZK806',
        variable: 'MY_KEY',
        message:
          'ZK806 variable MY_KEY has several sources: "my-key", "my_key"; expected one; give each its ' +
          'own name in the annotation env',
      },
      {
        code: 'ZK804',
        variable: 'PW',
        message:
          'ZK804 variable PW is to come from the file "pw", which is not in the mount; expected a ' +
          'mounted file; correct the annotation env, or add the secret to those that are mounted',
      },
      {
        code: 'ZK805',
        variable: 'A_BIN',
        message:
          'ZK805 the file "a.bin" of variable A_BIN is not UTF-8 text; expected text; store it as ' +
          'base64, or pass the file itself as A_BIN_FILE',
      },
    ],
  });
});

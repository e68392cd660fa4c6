import t from 'tap';
import { parseVariable } from '../../../../webhook/core/environment/grammar.ts';
import type { MountedClass } from '../../../../webhook/core/environment/mounted.ts';
import { variablesOf } from '../../../../webhook/core/environment/variables.ts';
import type { EnvironmentWish } from '../../../../webhook/core/environment/wishes.ts';
import { sentence } from '../../../../webhook/core/problems.ts';

const file = (name: string, isText = true) => ({ file: name, isText, source: undefined });

function classOf(folder: string, path: string, files?: readonly object[]): MountedClass {
  return { folder, path, files: files as MountedClass['files'], identity: undefined };
}

const ONE = classOf('vault', '/s', [file('db-password'), file('tls', false)]);
const A = classOf('a', '/s/a', [file('x'), file('both')]);
const B = classOf('b', '/s/b', [file('both'), file('y/z')]);
const UNKNOWN = classOf('c', '/s/c');

function wish(...entries: string[]): EnvironmentWish {
  return {
    auto: entries.includes('auto'),
    named: entries.flatMap((entry) => parseVariable(entry) ?? []),
    format: undefined,
    delivery: 'file',
  };
}

function told(entries: string[], ...classes: MountedClass[]): string[] {
  const { variables } = variablesOf(wish(...entries), classes);
  return variables.map(({ name, path, holds }) => `${name} ${holds} ${path}`);
}

function refused(entries: string[], ...classes: MountedClass[]): string[] {
  return variablesOf(wish(...entries), classes).denials.map(sentence);
}

t.test('every file becomes a variable; of what is no text the path', async (t) => {
  t.same(told(['auto'], ONE), ['DB_PASSWORD content /s/db-password', 'TLS_FILE path /s/tls']);
  t.same(told(['auto'], A, classOf('b', '/s/b', [file('y/z')])), [
    'BOTH content /s/a/both',
    'X content /s/a/x',
    'Y_Z content /s/b/y/z',
  ]);
});

t.test('a file that is named is not named once more by itself', async (t) => {
  t.same(told(['auto', 'PASSWORD=db-password', 'KEY=tls'], ONE), [
    'KEY content /s/tls',
    'PASSWORD content /s/db-password',
  ]);
  t.same(told(['PASSWORD=db-password'], ONE), ['PASSWORD content /s/db-password']);
});

t.test('one file may be two variables', async (t) => {
  t.same(told(['A=tls', 'B=@tls'], ONE), ['A content /s/tls', 'B path /s/tls']);
  t.same(refused(['A=tls', 'B=@tls'], ONE), []);
});

t.test(
  'with several classes a file is named by its class, or alone where one has it',
  async (t) => {
    t.same(told(['A=b/both', 'B=x', 'C=@y/z'], A, B), [
      'A content /s/b/both',
      'B content /s/a/x',
      'C path /s/b/y/z',
    ]);
    t.match(refused(['A=both'], A, B), [/expected CLASS\/FILE, CLASS one of "a", "b"/]);
  },
);

t.test('with one class a folder is a folder, even if it is called like the class', async (t) => {
  t.same(told(['A=vault/x'], classOf('vault', '/s')), ['A content /s/vault/x']);
});

t.test('a file that is not there is refused, where the files are known', async (t) => {
  t.match(refused(['A=none'], ONE), [/^ZK132 .*"none".*"db-password", "tls"/]);
  t.match(refused(['A=a/none', 'B=none'], A, B), [/^ZK132 .*"a\/x"/, /^ZK132 .*"b\/y\/z"/]);
  t.same(told(['A=none', 'B=c/none'], UNKNOWN), ['A content /s/c/none', 'B content /s/c/c/none']);
  t.same(told(['A=none'], A, UNKNOWN), ['A content /s/c/none'], 'the only class that may have it');
  t.match(refused(['A=none'], UNKNOWN, classOf('d', '/s/d')), [/CLASS one of "c", "d"/]);
});

t.test('two files for one variable are refused', async (t) => {
  t.match(refused(['auto'], A, B), [
    /^ZK131 variable BOTH would be made of "\/s\/a\/both", "\/s\/b/,
  ]);
  t.match(refused(['A=db-password', 'A=tls'], ONE), [/^ZK131 variable A/]);
  t.match(refused(['auto', 'DB_PASSWORD=tls'], ONE), [/^ZK131 variable DB_PASSWORD/]);
  const twins = classOf('v', '/s', [file('db-password'), file('db_password'), file('DB.Password')]);
  t.match(refused(['auto'], twins), [/^ZK131 .*"\/s\/db-password", "\/s\/db_password", "\/s\/DB/]);
});

t.test('classes whose files are not known are left to the sidecar', async (t) => {
  t.same(variablesOf(wish('auto', 'A=a/x'), [A, UNKNOWN]).unknown, [UNKNOWN]);
  t.same(variablesOf(wish('A=a/x'), [A, UNKNOWN]).unknown, []);
});

t.test('where nothing is delivered there are no variables', async (t) => {
  const nothing = { variables: [], unknown: [], denials: [] };
  t.same(variablesOf({ ...wish('auto', 'A=none'), delivery: 'none' }, [ONE, UNKNOWN]), nothing);
});

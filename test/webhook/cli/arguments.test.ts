import t from 'tap';
import { parseArguments } from '../../../webhook/cli/arguments.ts';
import { sentence } from '../../../webhook/core/problems.ts';

function problemsOf(...args: string[]): string[] {
  const parsed = parseArguments(args);
  return parsed.kind === 'wrong' ? parsed.problems.map(sentence) : [`no problem: ${parsed.kind}`];
}

t.test('commands and their flags are read', async (t) => {
  t.strictSame(parseArguments(['inject', '-f', 'a.yaml', '--filename=b', '-f', '-', '--diff']), {
    kind: 'command',
    command: 'inject',
    flags: { files: ['a.yaml', 'b', '-'], diff: true },
  });
  t.strictSame(
    parseArguments([
      'explain',
      '-fa',
      '--config',
      'c',
      '--profile',
      'p',
      '--cluster-version',
      '1.34',
    ]),
    {
      kind: 'command',
      command: 'explain',
      flags: { files: ['a'], config: 'c', profile: 'p', clusterVersion: '1.34', diff: false },
    },
  );
  t.strictSame(parseArguments(['uninject', '-f', 'a', '--']), {
    kind: 'command',
    command: 'uninject',
    flags: { files: ['a'], diff: false },
  });
});

t.test('a check needs no files, and switches that are not given are absent', async (t) => {
  t.strictSame(parseArguments(['check']), {
    kind: 'command',
    command: 'check',
    flags: { files: [], diff: false },
  });
  const args = ['check', '-A', '--before-uninstall', '--strict', '-o', 'json', '-nshop'];
  t.strictSame(parseArguments([...args, '--kubeconfig', 'k', '--context=c']), {
    kind: 'command',
    command: 'check',
    flags: {
      files: [],
      diff: false,
      allNamespaces: true,
      beforeUninstall: true,
      strict: true,
      output: 'json',
      namespace: 'shop',
      kubeconfig: 'k',
      context: 'c',
    },
  });
  t.match(problemsOf('inject', '-f', 'a', '-A'), [/^ZK502 -A is unknown/]);
});

t.test('help and version are asked for in every usual way', async (t) => {
  for (const args of [['--help'], ['-h'], ['help'], ['help', 'nothing']]) {
    t.strictSame(parseArguments(args), { kind: 'help' });
  }
  for (const args of [
    ['help', 'inject'],
    ['inject', '--help'],
    ['inject', '-h', '--nonsense'],
  ]) {
    t.strictSame(parseArguments(args), { kind: 'help', command: 'inject' });
  }
  for (const args of [['--version'], ['version']]) {
    t.strictSame(parseArguments(args), { kind: 'version' });
  }
  t.strictSame(parseArguments([]), { kind: 'nothing' });
});

t.test('an unknown command is told with the nearest', async (t) => {
  t.match(problemsOf('injct'), [/^ZK501 "injct" is no command.*did you mean inject\?/]);
  t.match(problemsOf('-f', 'x'), [/^ZK501/]);
  t.match(problemsOf('constructor'), [/^ZK501/]);
});

t.test('everything that is wrong with flags is told at once', async (t) => {
  const found = problemsOf(
    'inject',
    '--prfile',
    'p',
    'a.yaml',
    '--diff=yes',
    '--profile=',
    '--config',
  );
  t.match(found, [
    /^ZK502 --prfile is unknown; expected --profile, perhaps/,
    /^ZK504 argument "a.yaml" belongs to no flag; .*; write -f a.yaml$/,
    /^ZK502 --diff has the value "yes"/,
    /^ZK502 --profile has no value/,
    /^ZK502 --config has no value; expected FILE behind it/,
  ]);
  t.equal(found.length, 5);
});

t.test('flags of another command are unknown', async (t) => {
  t.match(problemsOf('uninject', '-f', 'a', '--profile', 'p'), [/^ZK502 --profile is unknown/]);
  t.match(problemsOf('explain', '-f', 'a', '--diff'), [/^ZK502 --diff is unknown/]);
});

t.test('nothing is given twice', async (t) => {
  t.match(problemsOf('inject', '-f', 'a', '--config', 'a', '--config', 'b'), [/given twice/]);
  t.match(problemsOf('inject', '-f', '-', '-f', '-'), [/-f names "-" twice/]);
});

t.test('no input is an error, not a wait for standard input', async (t) => {
  t.match(problemsOf('inject'), [/^ZK503 zonekeeper inject is given no input/]);
  t.match(problemsOf('inject', '-f'), [/^ZK502 -f has no value/]);
});

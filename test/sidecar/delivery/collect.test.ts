import t from 'tap';
import { parseArguments } from '../../../sidecar/arguments.ts';
import { collect, missingFiles } from '../../../sidecar/delivery/collect.ts';
import type { Settings } from '../../../sidecar/settings.ts';
import type { SecretSnapshot } from '../../../sidecar/snapshot.ts';

function settings(...args: string[]): Settings {
  const parsed = parseArguments(['--mount=/one', '--mount=/two', ...args]);
  if (parsed.kind !== 'settings') throw new Error(JSON.stringify(parsed));
  return parsed.settings;
}

function snapshot(path: string, files: Readonly<Record<string, string>>): SecretSnapshot {
  const entries = Object.entries(files).map(([name, text]) => [name, Buffer.from(text)] as const);
  return { path, generation: '..1', changedAt: undefined, files: new Map(entries) };
}

const ONE = snapshot('/one', { 'db-password': 'p', 'tls/cert': 'c' });
const TWO = snapshot('/two', { 'db-password': 'q' });
const BOTH = new Map([ONE, TWO].map((each) => [each.path, each]));

t.test('variables come from named files and from all files of some mounts', async (t) => {
  const given = settings(
    '--variable=A=/one/db-password',
    '--file-variable=C=/one/tls/cert',
    '--auto=/two',
  );
  t.strictSame(collect(given, BOTH), {
    variables: { A: 'p', DB_PASSWORD: 'q', C: '/one/tls/cert' },
  });
});

t.test('two files that would be one variable are both named', async (t) => {
  const found = collect(settings('--auto=/one', '--auto=/two'), BOTH);
  t.match(found, {
    problems: [{ code: 'ZK806', message: /DB_PASSWORD.*\/one\/db-password.*\/two\/db-password/ }],
  });
});

t.test('files of variables are expected as much as those that are named for it', async (t) => {
  const given = settings(
    '--expect=/one/x',
    '--variable=A=/one/db-password',
    '--variable=B=/one/b',
    '--file-variable=C=/one/c',
    '--expect=/two/other',
  );
  t.strictSame(missingFiles(given, ONE), ['b', 'c', 'x']);
  t.strictSame(missingFiles(given, TWO), ['other']);
});

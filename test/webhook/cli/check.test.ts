import { readFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import type { ClusterQuery, ReadCluster } from '../../../webhook/core/check/facts.ts';
import { problem } from '../../../webhook/core/problems.ts';
import { SOUND_FACTS } from '../../support/cluster-facts.ts';
import { zonekeeper } from './support/io.ts';

const GOLDEN = path.join(import.meta.dirname, '../../golden/check');
const golden = (name: string) => readFile(path.join(GOLDEN, name), 'utf8');

/** Runs a check of a cluster that answers so; `asked` is what it was asked for. */
async function live(args: readonly string[], read: ReadCluster = { facts: SOUND_FACTS }) {
  const asked: ClusterQuery[] = [];
  const readCluster = async (query: ClusterQuery) => {
    asked.push(query);
    return read;
  };
  const outcome = await zonekeeper(['check', ...args], '', { readCluster });
  return { ...outcome, asked };
}

const faulty = { facts: { ...SOUND_FACTS, webhooks: [] } };
const doubtful = { facts: { ...SOUND_FACTS, secretProviderClassesServed: false } };

t.test('manifests give a report that is committed, in each format', async (t) => {
  const input = await golden('manifests.yaml');
  for (const [format, file] of [
    ['table', 'report.txt'],
    ['json', 'report.json'],
    ['yaml', 'report.yaml'],
  ] as const) {
    const { code, stdout, stderr } = await zonekeeper(['check', '-f', '-', '-o', format], input);
    t.equal(code, 1);
    t.equal(stderr, '');
    t.equal(stdout, await golden(file), format);
  }
});

t.test('JSON and YAML hold the same', async (t) => {
  t.strictSame(parse(await golden('report.yaml')), JSON.parse(await golden('report.json')));
});

t.test('the exit code tells errors, and with --strict warnings', async (t) => {
  t.match(await live([]), { code: 0, stderr: '' });
  t.equal((await live([], faulty)).code, 1);
  t.equal((await live([], doubtful)).code, 0);
  t.equal((await live(['--strict'], doubtful)).code, 1);
  t.equal((await live(['--strict'])).code, 0);
});

t.test('a cluster is asked for as the flags say', async (t) => {
  t.strictSame((await live([])).asked, [{ allNamespaces: false }]);
  t.strictSame((await live(['-A'])).asked, [{ allNamespaces: true }]);
  t.strictSame((await live(['--before-uninstall'])).asked, [{ allNamespaces: true }]);
  const args = ['--kubeconfig', 'k', '--context', 'c', '-n', 'shop', '--before-uninstall'];
  t.strictSame((await live(args)).asked, [
    { kubeconfig: 'k', context: 'c', namespace: 'shop', allNamespaces: false },
  ]);
});

t.test('profiles of a file are taken instead of the webhook’s', async (t) => {
  const config = path.join(t.testdir({ 'c.yaml': 'profiles: {default: {}}' }), 'c.yaml');
  const { asked } = await live(['--config', config]);
  t.match(asked, [{ configuration: { profiles: { default: { storageClassName: 'none' } } } }]);
  const missing = await live(['--config', 'no-such-file']);
  t.match(missing, { code: 2, stdout: '', stderr: /^error: ZK304 / });
});

t.test('the table names what was looked at', async (t) => {
  const { stdout } = await live(['-n', 'shop'], { facts: SOUND_FACTS, namespace: 'shop' });
  t.match(stdout, /no warnings; 1 annotated StatefulSet in namespace shop\n$/);
});

t.test('what cannot be run gives 2 and nothing to read on', async (t) => {
  const unreachable = problem('ZK703', { detail: 'connect ECONNREFUSED' });
  t.match(await live([], { unreachable }), { code: 2, stdout: '', stderr: /^error: ZK703 / });
  t.match(await zonekeeper(['check', '-f', 'no-such-file']), {
    code: 2,
    stdout: '',
    stderr: /^error: ZK505 /,
  });
  t.match(await live(['-o', 'xml']), { code: 2, stdout: '', stderr: /^error: ZK502 / });
});

t.test('files without anything for zonekeeper are told', async (t) => {
  t.match(await zonekeeper(['check', '-f', '-'], 'a: 1\n'), {
    code: 0,
    stdout: 'no errors, no warnings; no annotated StatefulSets in one file\n',
    stderr: /^warning: ZK510 /,
  });
});

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import t, { type Test } from 'tap';
import { parse, stringify } from 'yaml';
import { run } from '../support/run.ts';
import { mysql, OPTED_IN, type SetManifest } from './support/manifests.ts';
import { accepted, markerOf, Sets } from './support/sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';

const cluster = await startCluster(t);
const zonekeeper = await installZonekeeper(t, cluster);
const sets = await Sets.of(cluster, 'shop');

const ROOT = path.join(import.meta.dirname, '../..');
const SCHEDULER = 'csi-azuredisk-scheduler-extender';
const CLASS = 'azuredisk-standard-ssd-zrs-replicas';
const source = stringify(await mysql(OPTED_IN));

/** What the command line makes of a manifest, with no cluster: the file that is committed. */
async function zonekeeperCli(input: string, ...args: string[]): Promise<string> {
  const all = ['webhook/cli/main.ts', ...args, '-f', '-'];
  const { code, stdout, stderr } = await run(process.execPath, all, { cwd: ROOT, input });
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

async function configuration(t: Test, profile: object): Promise<string> {
  const file = path.join(t.testdir(), 'config.yaml');
  await writeFile(file, stringify({ profiles: { default: {}, 'azuredisk-v2': profile } }));
  return file;
}

/** The ways in which GitOps tools write. */
async function isLeftAlone(t: Test, manifest: string): Promise<void> {
  const before = await sets.footprint('mysql');
  const marker = markerOf(await sets.get('mysql'));
  for (const [what, write] of Object.entries({
    'client-side apply': () => sets.apply(manifest),
    'server-side apply': () => sets.apply(manifest, '--server-side', '--force-conflicts'),
    replace: () => sets.replace(manifest),
    'client-side apply again': () => sets.apply(manifest),
  })) {
    accepted(t, await write(), what);
    t.strictSame(await sets.footprint('mysql'), before, `${what} changes nothing`);
    t.strictSame(markerOf(await sets.get('mysql')), marker);
  }
  const { code, stdout } = await sets.kubectl(['diff', '-f', '-'], manifest);
  t.strictSame({ code, stdout }, { code: 0, stdout: '' }, 'no drift');
}

let committed = '';

t.test(
  'the webhook leaves a committed injection as it is, whatever its own defaults',
  async (t) => {
    await zonekeeper.reloadWith({
      default: { storageClassName: 'other-class', schedulerName: 'other-scheduler' },
      'azuredisk-v2': { storageClassName: 'other-class', schedulerName: 'other-scheduler' },
    });
    committed = await zonekeeperCli(source, 'inject', '--profile', 'azuredisk-v2');
    accepted(t, await sets.apply(committed), 'apply');
    const stored = await sets.get('mysql');
    t.equal(stored.spec.template.spec.schedulerName, SCHEDULER);
    t.equal(stored.spec.volumeClaimTemplates[0]?.spec.storageClassName, CLASS);
    const file: SetManifest = parse(committed);
    t.strictSame(markerOf(stored), markerOf(file), 'the marker is the file’s');
    await isLeftAlone(t, committed);
  },
);

t.test('a change of the committed template keeps what the file says', async (t) => {
  const before = await sets.footprint('mysql');
  committed = committed.replaceAll('mysql:5.7', 'mysql:5.7.44');
  accepted(t, await sets.apply(committed), 'apply');
  const after = await sets.footprint('mysql');
  t.equal(after.revisions.length, before.revisions.length + 1);
  t.equal((await sets.get('mysql')).spec.template.spec.schedulerName, SCHEDULER);
  await isLeftAlone(t, committed);
});

t.test('made anew with other defaults, it rolls once', async (t) => {
  const before = await sets.footprint('mysql');
  const config = await configuration(t, { storageClassName: CLASS, schedulerName: 'newer' });
  const again = await zonekeeperCli(
    committed,
    'inject',
    '--config',
    config,
    '--profile',
    'azuredisk-v2',
  );
  accepted(t, await sets.apply(again), 'apply');
  const after = await sets.footprint('mysql');
  t.equal(after.revisions.length, before.revisions.length + 1);
  t.strictSame(after.claims, before.claims);
  t.equal((await sets.get('mysql')).spec.template.spec.schedulerName, 'newer');
  await isLeftAlone(t, again);
  committed = again;
});

t.test('made anew with the same defaults, it changes nothing', async (t) => {
  const config = await configuration(t, { storageClassName: CLASS, schedulerName: 'newer' });
  const again = await zonekeeperCli(
    committed,
    'inject',
    '--config',
    config,
    '--profile',
    'azuredisk-v2',
  );
  t.equal(again, committed);
});

t.test('with the marker left out of the file, the webhook takes over without a roll', async (t) => {
  const before = await sets.footprint('mysql');
  const file: SetManifest = parse(committed);
  file.metadata.annotations = { ...OPTED_IN };
  accepted(t, await sets.apply(file), 'apply');
  t.strictSame(await sets.footprint('mysql'), before);
  accepted(
    t,
    await sets.apply(source.replaceAll('mysql:5.7', 'mysql:5.7.44')),
    'and with nothing of the injection in the file',
  );
  t.strictSame(await sets.footprint('mysql'), before);
});

t.test('uninjected, the file applies and the set keeps its class alone', async (t) => {
  const bare: SetManifest = parse(await zonekeeperCli(committed, 'uninject'));
  delete bare.metadata.annotations;
  accepted(t, await sets.apply(bare), 'apply');
  const stored = await sets.get('mysql');
  t.equal(stored.spec.template.spec.schedulerName, 'default-scheduler');
  t.equal(stored.spec.volumeClaimTemplates[0]?.spec.storageClassName, CLASS);
  t.strictSame(markerOf(stored), { v: 1, claims: { data: CLASS } });
});

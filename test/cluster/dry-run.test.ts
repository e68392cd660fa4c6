import t from 'tap';
import { MARKER, mysql, OPTED_IN, type SetManifest } from './support/manifests.ts';
import { accepted, markerOf, Sets } from './support/sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';

const cluster = await startCluster(t);
const zonekeeper = await installZonekeeper(t, cluster);

const sets = await Sets.of(cluster, 'shop');
const manifest = await mysql({ ...OPTED_IN, 'zonekeeper.io/profile': 'azuredisk-v2' });
const newer: SetManifest = structuredClone(manifest);
for (const container of newer.spec.template.spec.containers) container.image += '.44';

const CLASS = 'azuredisk-standard-ssd-zrs-replicas';
const SCHEDULER = 'csi-azuredisk-scheduler-extender';
const DRY_RUNS =
  'zonekeeper_admission_reviews_total{operation="CREATE",outcome="injected",dry_run="true"}';

const diffOf = (change: SetManifest, ...args: string[]) =>
  sets.kubectl(['diff', '-f', '-', ...args], change);

t.test('a dry run of a creation shows the injection and stores nothing', async (t) => {
  const before = (await zonekeeper.webhook.metrics()).get(DRY_RUNS) ?? 0;
  for (const args of [['create'], ['apply'], ['apply', '--server-side']]) {
    const dryRun = [...args, '--dry-run=server', '-o', 'json', '-f', '-'];
    const outcome = await sets.kubectl(dryRun, manifest);
    accepted(t, outcome, args.join(' '));
    const shown: SetManifest = JSON.parse(outcome.stdout);
    t.equal(shown.spec.template.spec.schedulerName, SCHEDULER);
    t.equal(shown.spec.volumeClaimTemplates[0]?.spec.storageClassName, CLASS);
    t.match(markerOf(shown), { profile: 'azuredisk-v2' });
  }
  t.equal((await sets.kubectl(['get', 'sts', 'mysql'])).code, 1);
  const after = (await zonekeeper.webhook.metrics()).get(DRY_RUNS) ?? 0;
  t.equal(after - before, 3, 'told apart from real ones');
});

t.test('a dry run that is refused says what the real one would say', async (t) => {
  const wrong = {
    ...manifest,
    metadata: { ...manifest.metadata, annotations: { 'zonekeeper.io/inject': 'yes' } },
  };
  const { code, stderr } = await sets.apply(wrong, '--dry-run=server');
  t.equal(code, 1);
  t.match(stderr, /^ZK101 /m);
});

t.test('kubectl diff of a set that is not there yet shows the injection', async (t) => {
  const { code, stdout } = await diffOf(manifest);
  t.equal(code, 1, 'there is a difference');
  t.match(stdout, new RegExp(`^\\+ .*storageClassName: ${CLASS}$`, 'm'));
  t.match(stdout, new RegExp(`^\\+ .*schedulerName: ${SCHEDULER}$`, 'm'));
});

t.test('kubectl diff of a stored set is empty', async (t) => {
  accepted(t, await sets.apply(manifest), 'apply');
  for (const args of [[], ['--server-side', '--force-conflicts']]) {
    const { code, stdout, stderr } = await diffOf(manifest, ...args);
    t.equal(stdout, '', args.join(' '));
    t.equal(code, 0, stderr);
  }
});

t.test('kubectl diff of a change shows that change alone, and stores nothing', async (t) => {
  const before = await sets.get('mysql');
  const { code, stdout } = await diffOf(newer);
  t.equal(code, 1);
  const changed = stdout.split('\n').filter((line) => /^[-+] /.test(line));
  const words = changed.map((line) => line.replaceAll(/\s+/g, ' '));
  t.strictSame(words, [
    '- generation: 1',
    '+ generation: 2',
    '- image: mysql:5.7',
    '+ image: mysql:5.7.44',
    '- image: gcr.io/google-samples/xtrabackup:1.0',
    '+ image: gcr.io/google-samples/xtrabackup:1.0.44',
  ]);
  t.strictSame(await sets.get('mysql'), before);
});

t.test('kubectl diff of an opt-out shows what would go', async (t) => {
  const { code, stdout } = await diffOf(await mysql());
  t.equal(code, 1);
  t.match(stdout, new RegExp(`^- .*schedulerName: ${SCHEDULER}$`, 'm'));
  t.match(stdout, /^\+ .*schedulerName: default-scheduler$/m);
  t.match(stdout, new RegExp(`^- +${MARKER}: .*"scheduler"`, 'm'));
  t.notMatch(stdout, /storageClassName: .*$/m, 'the class stays');
});

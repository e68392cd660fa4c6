import t from 'tap';
import { stringify } from 'yaml';
import type { Outcome } from '../support/run.ts';
import { mysql, OPTED_IN } from './support/manifests.ts';
import { accepted, Sets } from './support/sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';

const cluster = await startCluster(t);
const zonekeeper = await installZonekeeper(t, cluster);

const manifest = await mysql({ ...OPTED_IN, 'zonekeeper.io/profile': 'azuredisk-v2' });
const template = stringify(manifest, { lineWidth: 0 }).replaceAll(
  'image: mysql:5.7',
  'image: mysql:{{ .Values.version }}',
);
const chart = t.testdir({
  'Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'values.yaml': 'version: "5.7"\n',
  templates: { 'mysql.yaml': template },
});

for (const serverSide of ['true', 'false']) {
  t.test(`an application’s own chart, with helm’s --server-side=${serverSide}`, async (t) => {
    const sets = await Sets.of(cluster, `helm-${serverSide}`);
    const helm = (...args: string[]): Promise<Outcome> =>
      cluster.helm([...args, '--namespace', sets.namespace, `--server-side=${serverSide}`]);

    accepted(t, await helm('install', 'shop', chart), 'install');
    const first = await sets.footprint('mysql');
    t.equal(first.claims[0]?.spec.storageClassName, 'azuredisk-standard-ssd-zrs-replicas');

    await zonekeeper.reloadWith({ 'azuredisk-v2': { schedulerName: 'later' } });
    accepted(t, await helm('upgrade', 'shop', chart), 'upgrade without a change');
    t.strictSame(await sets.footprint('mysql'), first, 'nothing rolls');
    accepted(t, await sets.annotate('mysql', 'example.test/seen=true'), 'annotate');
    accepted(t, await helm('upgrade', 'shop', chart), 'upgrade once more');
    t.strictSame(await sets.footprint('mysql'), first, 'nothing rolls');

    accepted(t, await helm('upgrade', 'shop', chart, '--set', 'version=8.0'), 'a new version');
    const second = await sets.footprint('mysql');
    t.equal(second.revisions.length, 2, 'rolls once');
    t.strictSame(second.claims, first.claims);
    t.equal((await sets.get('mysql')).spec.template.spec.schedulerName, 'later');

    accepted(t, await helm('rollback', 'shop', '1'), 'rollback');
    const { containers } = (await sets.get('mysql')).spec.template.spec;
    t.equal(containers[0]?.image, 'mysql:5.7');
    t.strictSame((await sets.footprint('mysql')).claims, first.claims);
    await zonekeeper.reloadWith({});
  });
}

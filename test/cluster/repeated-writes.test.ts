import t, { type Test } from 'tap';
import type { Outcome } from '../support/run.ts';
import type { Profiles } from './support/installation.ts';
import { MARKER, mysql, OPTED_IN, type SetManifest } from './support/manifests.ts';
import { accepted, markerOf, Sets } from './support/sets.ts';
import { installZonekeeper, startCluster } from './support/zonekeeper.ts';

const cluster = await startCluster(t);
const zonekeeper = await installZonekeeper(t, cluster);

/** Calls that ended in a refusal of the write, for whatever reason, as the API server counts them. */
async function rejections(): Promise<string[]> {
  const { body } = await cluster.api.request<string>('GET', '/metrics');
  return body
    .split('\n')
    .filter((line) => line.startsWith('apiserver_admission_webhook_rejection_count{'));
}

/** It may have been called before it could be trusted. */
const REJECTIONS_BEFORE = await rejections();

/** What the profiles give at first, and what they give later. */
const BEFORE = {
  default: { class: 'zonekeeper-zrs', scheduler: 'default-scheduler' },
  'azuredisk-v2': {
    class: 'azuredisk-standard-ssd-zrs-replicas',
    scheduler: 'csi-azuredisk-scheduler-extender',
  },
} as const;
const LATER: Profiles = {
  default: { storageClassName: 'later-class', schedulerName: 'later-scheduler' },
  'azuredisk-v2': { storageClassName: 'later-class', schedulerName: 'later-scheduler' },
};

type ProfileName = keyof typeof BEFORE;

type Case = { readonly profile: ProfileName; readonly sets: Sets; readonly manifest: SetManifest };

const cases: Case[] = [];
for (const profile of ['default', 'azuredisk-v2'] as const) {
  const annotations = profile === 'default' ? {} : { 'zonekeeper.io/profile': profile };
  const manifest = await mysql({ ...OPTED_IN, ...annotations });
  cases.push({ profile, sets: await Sets.of(cluster, `with-${profile}`), manifest });
}

/** What a user or a tool does to a set without meaning to restart its pods. */
const WRITES: Readonly<Record<string, (the: Case) => Promise<Outcome>>> = {
  'client-side apply': ({ sets, manifest }) => sets.apply(manifest),
  'client-side apply again': ({ sets, manifest }) => sets.apply(manifest),
  'client-side apply once more': ({ sets, manifest }) => sets.apply(manifest),
  'server-side apply by one manager': ({ sets, manifest }) => applyAs(sets, manifest, 'flux'),
  'server-side apply by another manager': ({ sets, manifest }) => applyAs(sets, manifest, 'argo'),
  'server-side apply by the first again': ({ sets, manifest }) => applyAs(sets, manifest, 'flux'),
  'replace with the bare manifest': ({ sets, manifest }) => sets.replace(manifest),
  annotate: ({ sets }) => sets.annotate('mysql', `example.test/seen=${Date.now()}`),
  label: ({ sets }) => sets.kubectl(['label', '--overwrite', 'sts', 'mysql', `seen=${Date.now()}`]),
  'scale up': ({ sets }) => sets.kubectl(['scale', 'sts', 'mysql', '--replicas=5']),
  'scale down': ({ sets }) => sets.kubectl(['scale', 'sts', 'mysql', '--replicas=3']),
};

/** Without force Kubernetes lets one manager alone own a claim template, with or without zonekeeper. */
function applyAs(sets: Sets, manifest: SetManifest, manager: string): Promise<Outcome> {
  return sets.apply(manifest, '--server-side', `--field-manager=${manager}`, '--force-conflicts');
}

async function changeNothing(t: Test, the: Case): Promise<void> {
  for (const [write, run] of Object.entries(WRITES)) {
    await t.test(`${write} changes nothing`, async (t) => {
      const [before, stored] = [await the.sets.footprint('mysql'), await the.sets.get('mysql')];
      accepted(t, await run(the), write);
      t.strictSame(await the.sets.footprint('mysql'), before);
      const after = await the.sets.get('mysql');
      const steps = write.startsWith('scale') ? 1 : 0;
      t.equal(after.metadata.generation, stored.metadata.generation + steps, 'generation');
      t.equal(after.metadata.annotations?.[MARKER], stored.metadata.annotations?.[MARKER]);
    });
  }
}

async function rollsOnce(t: Test, the: Case, change: () => Promise<Outcome>): Promise<void> {
  const before = await the.sets.footprint('mysql');
  accepted(t, await change(), 'the change');
  const after = await the.sets.footprint('mysql');
  t.equal(after.revisions.length, before.revisions.length + 1, 'one ControllerRevision more');
  t.strictSame(after.claims, before.claims);
  const { spec } = (await the.sets.get('mysql')).spec.template;
  t.equal(spec.schedulerName, 'later-scheduler');
}

for (const { profile, sets, manifest } of cases) {
  t.test(
    `Kubernetes’ MySQL with profile ${profile} gets just that profile’s defaults`,
    async (t) => {
      const bare = await Sets.of(cluster, `bare-${profile}`);
      accepted(t, await bare.create(await mysql()), 'without annotations');
      accepted(t, await sets.apply(manifest), 'annotated');
      const expected = await bare.get('mysql');
      const stored = await sets.get('mysql');
      const { class: className, scheduler } = BEFORE[profile];
      const [claim] = expected.spec.volumeClaimTemplates;
      if (claim) claim.spec.storageClassName = className;
      expected.spec.template.spec.schedulerName = scheduler;
      t.strictSame(stored.spec, expected.spec);
      t.match(markerOf(stored), { v: 1, profile, claims: { data: className } });
      const annotations = Object.keys(stored.metadata.annotations ?? {});
      const own = [...Object.keys(manifest.metadata.annotations ?? {}), MARKER];
      const ofKubectl = 'kubectl.kubernetes.io/last-applied-configuration';
      t.strictSame(annotations.toSorted(), [...own, ofKubectl].toSorted());
    },
  );
}

for (const the of cases) {
  t.test(`with profile ${the.profile}, no other write`, (t) => changeNothing(t, the));
}

t.test('the webhook is started again with other defaults in both profiles', async (t) => {
  await zonekeeper.restartWith(LATER);
  t.pass();
});

for (const the of cases) {
  const { profile, sets, manifest } = the;
  t.test(`with other defaults in profile ${profile}, no write`, (t) => changeNothing(t, the));

  t.test(`with profile ${profile}, a new image rolls once, to the new defaults`, async (t) => {
    const newer = structuredClone(manifest);
    for (const container of newer.spec.template.spec.containers) container.image += '.44';
    await rollsOnce(t, the, () => sets.apply(newer));
    await changeNothing(t, { ...the, manifest: newer });
  });

  t.test(`with profile ${profile}, a restart rolls once, with the new defaults`, async (t) => {
    await rollsOnce(t, the, () => sets.kubectl(['rollout', 'restart', 'sts', 'mysql']));
  });
}

t.test('the API server had no complaint about a single call', async (t) => {
  t.strictSame(await rejections(), REJECTIONS_BEFORE);
});

t.test('nor has the webhook, which acts by the rights of the chart’s account alone', async (t) => {
  await zonekeeper.webhook.stop();
  t.strictSame(await zonekeeper.webhook.complaints(), []);
});

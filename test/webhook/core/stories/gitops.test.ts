import t from 'tap';
import type { Context } from '../../../../webhook/core/context.ts';
import { mutateCreate } from '../../../../webhook/core/mutate.ts';
import type { StatefulSet } from '../../../../webhook/core/statefulset.ts';
import { create, markerOf, update } from '../../../support/admission.ts';
import { contextWith, profiles } from '../../../support/context.ts';
import { annotated, arriving, MARKER, manifest, withPod } from '../../../support/statefulset.ts';

const ASKS = { inject: 'true', 'secret-provider-class': 'vault', 'fast-failover': '30s' };

function configured(schedulerName: string, version: string): Context {
  const configuration = profiles({ default: { schedulerName, storageClassName: 'zrs' } });
  return contextWith({ version, configuration });
}

/** Whoever runs the command line has another configuration than the cluster. */
const desk = configured('desk', '0.1.0');
const cluster = configured('cluster', '0.2.0');

/** What `zonekeeper inject` writes to a file. */
function committed(set: StatefulSet, context = desk): StatefulSet {
  return mutateCreate(set, 'shop', { ...context, offline: true }).object;
}

const FILE = committed(manifest({ asks: ASKS }));

function schedulerOf({ spec }: StatefulSet): string | undefined {
  return spec.template.spec.schedulerName;
}

t.test('an injected file is created as it is committed', async (t) => {
  const { mutation, patch, stored } = create(FILE, cluster);
  t.same([mutation.denials, patch], [[], []]);
  t.same(stored, arriving(FILE));
});

t.test('its syncs change nothing', async (t) => {
  const { stored } = create(FILE, cluster);
  t.same(update(FILE, stored, cluster).patch, []);
  t.same(update(stored, stored, cluster).patch, []);
});

t.test(
  'an image that is changed in the file rolls once and keeps what the file says',
  async (t) => {
    const { stored } = create(FILE, cluster);
    const changed = withPod(FILE, { hostname: 'x' });
    const rolled = update(changed, stored, cluster);
    t.same(rolled.patch, []);
    t.same(update(changed, rolled.stored, cluster).patch, []);
  },
);

t.test('a file that is injected anew with another configuration decides', async (t) => {
  const { stored } = create(FILE, cluster);
  const anew = committed(manifest({ asks: ASKS }), configured('moved', '0.3.0'));
  const synced = update(anew, stored, cluster).stored;
  t.equal(schedulerOf(synced), 'moved');
  t.equal(markerOf(synced), markerOf(anew));
  t.same(update(anew, synced, cluster).patch, []);
});

t.test('a file over a set that the webhook injected decides, and settles', async (t) => {
  const { stored } = create(manifest({ asks: ASKS }), cluster);
  const synced = update(FILE, stored, cluster).stored;
  t.equal(schedulerOf(synced), 'desk');
  t.same(update(FILE, synced, cluster).stored, synced);
});

t.test('a file over a set that was never injected decides', async (t) => {
  const bare = manifest({ asks: ASKS, claims: [] });
  const synced = update(committed(bare), arriving(bare), cluster);
  t.equal(synced.mutation.outcome, 'injected');
  t.equal(schedulerOf(synced.stored), 'desk');
});

t.test('annotations that are edited in the file alone are followed, once', async (t) => {
  const { stored } = create(FILE, cluster);
  const edited = annotated(FILE, {
    'zonekeeper.io/fast-failover': '1m',
    'zonekeeper.io/mount-path': '/etc/secrets',
  });
  const synced = update(edited, stored, cluster).stored;
  const anew = manifest({
    asks: { ...ASKS, 'fast-failover': '1m', 'mount-path': '/etc/secrets' },
  });
  const { scheduler } = JSON.parse(markerOf(synced) ?? '');
  t.same(scheduler, { name: 'cluster' });
  const fresh = create(anew, cluster).stored;
  t.same(synced.spec.template, fresh.spec.template);
  const again = update(edited, synced, cluster).stored;
  t.same(again, synced, 'the stale file changes nothing more');
});

t.test('an opt-out in the file alone leaves nothing of what was injected', async (t) => {
  const { stored } = create(manifest({ asks: ASKS }), cluster);
  const out = update(annotated(FILE, { 'zonekeeper.io/inject': 'false' }), stored, cluster).stored;
  const { schedulerName, ...spec } = out.spec.template.spec;
  const bare = arriving(manifest({ asks: ASKS })).spec.template.spec;
  t.same({ schedulerName: schedulerName ?? 'default-scheduler', ...spec }, bare);
});

t.test('a bare manifest after the file takes what the cluster says', async (t) => {
  const { stored } = create(FILE, cluster);
  const bare = manifest({ asks: ASKS });
  t.same(update(bare, stored, cluster).stored.spec, stored.spec, 'but not without a change');
  const changed = update(withPod(bare, { hostname: 'x' }), stored, cluster).stored;
  t.equal(schedulerOf(changed), 'cluster');
  t.equal(JSON.parse(markerOf(changed) ?? '').offline, undefined);
});

t.test('the YAML of a live set, committed, never goes back to an older injection', async (t) => {
  const live = create(manifest({ asks: ASKS }), desk).stored;
  const moved = update(withPod(live, { hostname: 'x' }), live, cluster).stored;
  const older = withPod(live, { hostname: 'x' });
  t.same(update(older, moved, cluster).stored, moved);
});

t.test('the YAML of a live set over one that was never injected injects it', async (t) => {
  const bare = manifest({ asks: ASKS, claims: [] });
  const yaml = create(bare, desk).stored;
  const synced = update(yaml, arriving(bare), cluster);
  t.equal(synced.mutation.outcome, 'injected');
  t.same(synced.stored, yaml);
});

t.test('the YAML of a live set makes a copy of it in another namespace', async (t) => {
  const live = create(manifest({ asks: ASKS }), desk).stored;
  const copy = create({ ...live, metadata: { ...live.metadata, namespace: 'bank' } }, cluster);
  t.same([copy.mutation.denials, copy.patch], [[], []]);
  t.equal(schedulerOf(copy.stored), 'desk');
  t.match(copy.stored.metadata.annotations, { [MARKER]: markerOf(live) });
});

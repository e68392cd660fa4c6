import t from 'tap';
import type { Context } from '../../../../webhook/core/context.ts';
import type { StatefulSet } from '../../../../webhook/core/statefulset.ts';
import { create, markerOf, update } from '../../../support/admission.ts';
import { contextWith, profiles } from '../../../support/context.ts';
import { manifest, withPod } from '../../../support/statefulset.ts';

const before = contextWith({ configuration: profiles({ default: { schedulerName: 'old' } }) });
const after = contextWith({ configuration: profiles({ default: { schedulerName: 'new' } }) });

/** `kubectl rollout restart`. */
function restarted(live: StatefulSet): StatefulSet {
  const { template } = live.spec;
  const metadata = { annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-11-22T12:00:00Z' } };
  const changed = { ...template, metadata };
  return { ...live, spec: { ...live.spec, template: changed } };
}

/** `kubectl rollout undo`: the template of an earlier revision under the metadata of today. */
function undone(live: StatefulSet, revision: StatefulSet): StatefulSet {
  return { ...live, spec: { ...live.spec, template: revision.spec.template } };
}

function withImage(set: StatefulSet, image: string): StatefulSet {
  const containers = (set.spec.template.spec.containers ?? []).map((one) => ({ ...one, image }));
  return withPod(set, { containers });
}

function asking(secretClass: string, more: Record<string, string> = {}): StatefulSet {
  return manifest({ asks: { inject: 'true', 'secret-provider-class': secretClass, ...more } });
}

/** The set as it is after it was created for the first manifest and then changed to the second. */
function through(first: StatefulSet, second: StatefulSet, context: Context) {
  const { stored } = create(first, context);
  return { first: stored, live: update(withImage(second, 'mysql:8'), stored, context).stored };
}

t.test('a restart takes the new defaults, and the next write changes nothing more', async (t) => {
  const { stored } = create(manifest(), before);
  const rolled = update(restarted(stored), stored, after);
  t.equal(rolled.stored.spec.template.spec.schedulerName, 'new');
  t.same(update(rolled.stored, rolled.stored, after).patch, []);
});

t.test('an undone rollout brings back its image and keeps the injection of today', async (t) => {
  const { first, live } = through(manifest(), manifest(), after);
  const { mutation, stored } = update(undone(live, first), live, after);
  t.same([mutation.denials, mutation.warnings], [[], []]);
  t.same(stored.spec.template, first.spec.template);
});

t.test('an undone rollout to the time of another scheduler is accepted with it', async (t) => {
  const { stored: first } = create(manifest(), before);
  const live = update(restarted(first), first, after).stored;
  const { mutation, stored } = update(undone(live, first), live, after);
  t.same(mutation.denials, []);
  t.equal(stored.spec.template.spec.schedulerName, 'old');
  t.same(update(stored, stored, after).patch, []);
});

t.test('an undone rollout to the time of other secrets mounts those of today', async (t) => {
  for (const old of [asking('old', { 'mount-path': '/etc/old' }), asking('a,b'), asking('a.b')]) {
    const { first, live } = through(old, asking('vault'), after);
    const { mutation, stored } = update(undone(live, first), live, after);
    t.same(mutation.denials, []);
    t.ok(mutation.warnings.every(({ code }) => code === 'ZK224'));
    t.ok(mutation.warnings.length > 0);
    t.same(stored.spec.template, create(asking('vault'), after).stored.spec.template);
    t.equal(markerOf(stored), markerOf(live));
  }
});

t.test('an undone rollout to the time of another mount path is accepted with both', async (t) => {
  const old = asking('vault', { 'mount-path': '/etc/old' });
  const { first, live } = through(old, asking('vault'), after);
  const { mutation, stored } = update(undone(live, first), live, after);
  t.same(mutation.denials, []);
  const [container] = stored.spec.template.spec.containers ?? [];
  t.match(container?.volumeMounts, [
    { name: 'data' },
    { name: 'zonekeeper-secrets', mountPath: '/etc/old' },
    { name: 'zonekeeper-secrets', mountPath: '/mnt/secrets-store' },
  ]);
});

t.test('an undone rollout to the time before the opt-in is injected', async (t) => {
  const { first, live } = through(manifest({ asks: {} }), manifest(), after);
  const { mutation, stored } = update(undone(live, first), live, after);
  t.same(mutation.denials, []);
  t.equal(stored.spec.template.spec.schedulerName, 'new');
});

t.test('an undone rollout after an opt-out leaves nothing of ours', async (t) => {
  const { first, live } = through(asking('old'), asking('vault'), after);
  const undoneOut = { ...undone(live, first), metadata: manifest({ asks: {} }).metadata };
  const { mutation, stored } = update(undoneOut, live, after);
  t.same(
    mutation.warnings.map(({ code }) => code),
    ['ZK224'],
  );
  t.same(stored.spec.template, create(manifest({ asks: {} }), after).stored.spec.template);
});

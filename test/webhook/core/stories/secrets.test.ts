import t from 'tap';
import { classesOf } from '../../../../webhook/core/secrets/classes-of.ts';
import type { StatefulSet } from '../../../../webhook/core/statefulset.ts';
import { uninject } from '../../../../webhook/core/uninject.ts';
import { type Admitted, create, markerOf, update } from '../../../support/admission.ts';
import { contextWith } from '../../../support/context.ts';
import { annotated, arriving, MARKER, manifest, withPod } from '../../../support/statefulset.ts';
import { OTHER_CLIENT, SECRETS_ONLY, vaultProfile } from '../../../support/vault.ts';

const CONTEXT = contextWith({ configuration: vaultProfile() });
const MOVED = contextWith({ configuration: vaultProfile({ clientId: OTHER_CLIENT }) });
const MORE = { ...SECRETS_ONLY, secrets: 'mysql-root-password, mysql-replication-password' };

const live = (asks: Readonly<Record<string, string>> = SECRETS_ONLY) =>
  create(manifest({ asks }), CONTEXT).stored;
const codes = ({ mutation }: Admitted) =>
  [...mutation.denials, ...mutation.warnings].map(({ code }) => code);
const nameOf = (set: StatefulSet) => classesOf(set)[0]?.metadata.name;

t.test('an identity that the profile changes reaches the pods with the next change', async (t) => {
  const stored = live();
  const reapplied = update(manifest({ asks: SECRETS_ONLY }), stored, MOVED);
  t.same([reapplied.stored, reapplied.mutation.outcome], [stored, 'kept']);
  const changed = update(
    withPod(manifest({ asks: SECRETS_ONLY }), { hostname: 'x' }),
    stored,
    MOVED,
  );
  t.not(nameOf(changed.stored), nameOf(stored));
  t.same(update(changed.stored, stored, MOVED).patch, [], 'nor anything else in the second round');
});

t.test('a list in another order or layout is the same class, and restarts nothing', async (t) => {
  const stored = live(MORE);
  const asks = { ...MORE, secrets: 'mysql-replication-password\nsecret/mysql-root-password\n' };
  const next = update(manifest({ asks }), stored, CONTEXT);
  t.same(next.stored.spec.template, stored.spec.template);
  t.equal(nameOf(next.stored), nameOf(stored));
});

t.test('an undone rollout follows the list of today', async (t) => {
  const old = live();
  const { stored } = update(manifest({ asks: MORE }), old, CONTEXT);
  const undone = { ...stored, spec: { ...stored.spec, template: old.spec.template } };
  const next = update(undone, stored, CONTEXT);
  t.same(codes(next), ['ZK224']);
  t.same(next.stored.spec.template, stored.spec.template);
  t.equal(nameOf(next.stored), nameOf(stored));
});

t.test('an existing class beside it moves both into folders, and away again', async (t) => {
  const asks = { ...SECRETS_ONLY, 'secret-provider-class': 'shared' };
  const both = update(manifest({ asks }), live(), CONTEXT).stored;
  const paths = (set: StatefulSet) =>
    set.spec.template.spec.containers?.[1]?.volumeMounts
      ?.map(({ mountPath }) => mountPath)
      .filter((path) => path.startsWith('/mnt/'));
  t.same(paths(both), ['/mnt/secrets-store/contoso-prod', '/mnt/secrets-store/shared']);
  t.same(paths(update(manifest({ asks: SECRETS_ONLY }), both, CONTEXT).stored), [
    '/mnt/secrets-store',
  ]);
});

t.test('what is injected offline stays, and is what the cluster makes a class of', async (t) => {
  const offline = { ...MOVED, offline: true };
  const file = create(manifest({ asks: SECRETS_ONLY }), offline).stored;
  const { stored } = create(file, CONTEXT);
  t.same(stored, file);
  t.same(classesOf(stored), classesOf(file));
  const image = withPod(file, { hostname: 'x' });
  t.equal(nameOf(update(image, stored, CONTEXT).stored), nameOf(file));
});

t.test('a copy of a set under another name has a class of its own', async (t) => {
  const file = create(manifest({ asks: SECRETS_ONLY }), { ...CONTEXT, offline: true }).stored;
  const copy = { ...file, metadata: { ...file.metadata, name: 'mysql-2' } };
  t.match(nameOf(create(copy, CONTEXT).stored), /^zonekeeper-mysql-2-/);
});

t.test('a marker that was damaged is made anew with the class of today', async (t) => {
  const stored = live();
  const next = update(
    manifest({ asks: SECRETS_ONLY }),
    annotated(stored, { [MARKER]: '{' }),
    CONTEXT,
  );
  t.same([codes(next), nameOf(next.stored)], [['ZK218'], nameOf(stored)]);
  t.same(next.stored.spec.template, stored.spec.template);
});

/** The set as a newer version stored it, with a container of which this one knows nothing. */
function newer(): StatefulSet {
  const text = (markerOf(live()) ?? '').replace(/}$/, ',"reloader":{"port":1}}');
  const marked = annotated(live(), { [MARKER]: text });
  const { containers } = marked.spec.template.spec;
  const all = [...(containers ?? []), { name: 'reloader', image: 'r' }];
  return arriving(withPod(marked, { containers: all }));
}

t.test(
  'a set of a newer version is kept to the letter, and its marker carried along',
  async (t) => {
    const stored = newer();
    t.same(update(stored, stored, CONTEXT).patch, []);
    const changed = update(withPod(stored, { hostname: 'x' }), stored, MOVED);
    t.same(codes(changed), []);
    t.match(JSON.parse(markerOf(changed.stored) ?? ''), { reloader: { port: 1 } });
    const refused = contextWith({
      configuration: vaultProfile({}, { allowed: { keyVaults: [] } }),
    });
    t.match(create(stored, refused).mutation.outcome, 'injected');
    const out = update(annotated(stored, { 'zonekeeper.io/inject': 'false' }), stored, CONTEXT);
    t.match(JSON.parse(markerOf(out.stored) ?? ''), { v: 1, reloader: { port: 1 } });
  },
);

t.test(
  'a manifest without what a newer version put in is refused, not stripped of it',
  async (t) => {
    const next = update(
      withPod(manifest({ asks: SECRETS_ONLY }), { hostname: 'x' }),
      newer(),
      CONTEXT,
    );
    t.match(next.mutation.denials, [{ code: 'ZK120', found: /0\.1\.0.*"reloader"/ }]);
    const unread = contextWith({
      configuration: vaultProfile({}, { allowed: { mountPaths: [] } }),
    });
    const asks = { ...SECRETS_ONLY, 'mount-path': '/x' };
    const text = (markerOf(live(asks)) ?? '').replace(/}$/, ',"reloader":{}}');
    const stored = annotated(live(asks), { [MARKER]: text });
    const despite = update(withPod(manifest({ asks }), { hostname: 'x' }), stored, unread);
    t.match(despite.mutation.denials, [{ code: 'ZK120' }]);
    t.same(update(manifest({ asks }), stored, unread).mutation.denials, [], 'unchanged, it stays');
  },
);

t.test('the command line does not take out half of what a newer version put in', async (t) => {
  const { object, warnings } = uninject(newer());
  t.match(warnings, [{ code: 'ZK120' }]);
  t.same(object, newer());
});

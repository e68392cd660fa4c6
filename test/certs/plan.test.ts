import { X509Certificate } from 'node:crypto';
import t from 'tap';
import { advance } from '../../certs/advance.ts';
import { POLICY, plan, type Situation } from '../../certs/plan.ts';
import type { CertState } from '../../certs/state.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const YEAR = 365 * DAY;
const NOW = Date.UTC(2026, 10, 21, 12);
const HOSTS = ['zonekeeper.system.svc'];
const EMPTY: CertState = { trusted: [] };

const at = (now: number, more: Partial<Situation> = {}): Situation => ({
  now,
  hosts: HOSTS,
  isPublished: () => true,
  rotationAsked: false,
  jitter: 0,
  ...more,
});
const materials = (now: number, hosts = HOSTS) => ({ now, hosts, policy: POLICY });
const stepAt = (state: CertState, situation: Situation) => plan(state, situation, POLICY);

const fresh = await advance(EMPTY, 'reset', materials(NOW));
const staged = await advance(fresh, 'stage', materials(NOW + DAY));
const switched = await advance(staged, 'switch', materials(NOW + 2 * DAY));

t.test('nothing is there: everything is issued at once', async (t) => {
  t.same(stepAt(EMPTY, at(NOW)), { step: 'reset', urgent: true });
  t.same(stepAt(fresh, at(NOW)), { step: 'keep', urgent: false });
});

t.test('a leaf is renewed with a third of its lifetime left, or a little before', async (t) => {
  t.equal(stepAt(fresh, at(NOW + 59 * DAY)).step, 'keep');
  t.same(stepAt(fresh, at(NOW + 60 * DAY)), { step: 'renew', urgent: false });
  t.equal(stepAt(fresh, at(NOW + 56 * DAY, { jitter: 0.99 })).step, 'renew');
  t.equal(stepAt(fresh, at(NOW + 55 * DAY, { jitter: 0.99 })).step, 'keep');
});

t.test('a leaf that is missing, expired or for other hosts is replaced urgently', async (t) => {
  const urgent = { step: 'renew', urgent: true };
  t.same(stepAt({ ...fresh, leaf: undefined }, at(NOW)), urgent);
  t.same(stepAt(fresh, at(NOW + 90 * DAY)), urgent);
  t.same(stepAt(fresh, at(NOW, { hosts: [...HOSTS, 'another'] })), urgent);
});

t.test('what no leader has renewed in time is renewed by anybody', async (t) => {
  t.same(stepAt(fresh, at(NOW + 80 * DAY)), { step: 'renew', urgent: false });
  t.same(stepAt(fresh, at(NOW + 82 * DAY)), { step: 'renew', urgent: true });
  const late = NOW + 4.6 * YEAR;
  const renewed = await advance(fresh, 'renew', materials(late));
  t.same(stepAt(renewed, at(late)), { step: 'stage', urgent: true });
});

t.test('a leaf of another CA is replaced urgently', async (t) => {
  const foreign = await advance(EMPTY, 'reset', materials(NOW));
  const mixed = { ...fresh, leaf: foreign.leaf };
  t.same(stepAt(mixed, at(NOW)), { step: 'renew', urgent: true });
});

t.test('a leaf that the clock of another replica dates into the future is kept', async (t) => {
  t.equal(stepAt(fresh, at(NOW - DAY)).step, 'keep');
});

t.test('a CA is replaced in three phases, with a third of its lifetime left', async (t) => {
  const due = NOW + (5 * YEAR * 2) / 3;
  const renewed = await advance(fresh, 'renew', materials(due));
  t.same(stepAt(renewed, at(due)), { step: 'stage', urgent: false });
  t.equal(stepAt(renewed, at(due - 2 * DAY)).step, 'keep');
  t.equal(stepAt(staged, at(NOW + DAY + 2 * MINUTE)).step, 'switch');
  t.equal(stepAt(switched, at(NOW + 3 * DAY)).step, 'drop');
  const dropped = await advance(switched, 'drop', materials(NOW + 3 * DAY));
  t.equal(stepAt(dropped, at(NOW + 3 * DAY)).step, 'keep');
  t.equal(dropped.trusted.length, 1);
});

t.test('no phase begins before the one before it was seen', async (t) => {
  const since = NOW + DAY;
  t.equal(stepAt(staged, at(since + MINUTE)).step, 'keep');
  t.equal(stepAt(staged, at(since + DAY, { isPublished: () => false })).step, 'keep');
  t.equal(stepAt(switched, at(NOW + 3 * DAY - MINUTE)).step, 'keep');
});

t.test('an unpublished CA takes over when there is nothing else to serve', async (t) => {
  const lost = { ...staged, issuer: undefined, leaf: undefined };
  const situation = at(NOW + DAY, { isPublished: () => false });
  t.same(stepAt(lost, situation), { step: 'switch', urgent: true });
});

t.test('both CAs are trusted from the first phase to the last', async (t) => {
  const names = ({ trusted }: CertState) => trusted.map(({ subject }) => subject).sort();
  t.equal(staged.trusted.length, 2);
  t.same(names(switched), names(staged));
  t.equal(staged.leaf?.cert.issuer, fresh.issuer?.cert.subject);
  t.equal(switched.leaf?.cert.issuer, staged.next?.cert.subject);
  t.equal(switched.issuer, staged.next);
  t.equal(switched.next, undefined);
});

t.test('an administrator can ask for a new CA, and gets one', async (t) => {
  t.equal(stepAt(fresh, at(NOW, { rotationAsked: true })).step, 'stage');
  t.equal(stepAt(staged, at(NOW + DAY, { rotationAsked: true })).step, 'keep');
});

t.test('a CA whose key is lost is replaced while its leaf is still served', async (t) => {
  const keyless = { ...fresh, issuer: undefined };
  t.same(stepAt(keyless, at(NOW)), { step: 'stage', urgent: false });
  t.same(stepAt({ ...keyless, leaf: undefined }, at(NOW)), { step: 'reset', urgent: true });
});

t.test('a leaf of a CA that no longer signs is renewed', async (t) => {
  const older = { ...switched, leaf: fresh.leaf };
  t.same(stepAt(older, at(NOW + 2 * DAY)), { step: 'renew', urgent: false });
});

t.test('a leaf never outlives its CA', async (t) => {
  const late = NOW + 5 * YEAR - DAY;
  const { leaf, issuer } = await advance(fresh, 'renew', materials(late));
  t.equal(leaf?.cert.validToDate.getTime(), issuer?.cert.validToDate.getTime());
});

t.test('two versions that want other hosts agree on one leaf, until it is renewed', async (t) => {
  const both = await advance(fresh, 'renew', materials(NOW, ['new.system.svc']));
  t.equal(stepAt(both, at(NOW, { hosts: HOSTS })).step, 'keep');
  t.equal(stepAt(both, at(NOW, { hosts: ['new.system.svc'] })).step, 'keep');
  const later = await advance(both, 'renew', materials(NOW + 60 * DAY, ['new.system.svc']));
  t.equal(later.leaf?.cert.subjectAltName, 'DNS:new.system.svc');
});

t.test('a step that does not fit the state changes nothing', async (t) => {
  t.equal(await advance(fresh, 'keep', materials(NOW)), fresh);
  t.equal(await advance(fresh, 'switch', materials(NOW)), fresh);
  t.equal(await advance(EMPTY, 'renew', materials(NOW)), EMPTY);
  t.ok(fresh.leaf && new X509Certificate(`${fresh.leaf.cert}`));
});

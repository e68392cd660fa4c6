import t from 'tap';
import { inspect } from '../../../webhook/core/inspect.ts';
import type { ClusterView } from '../../../webhook/core/view.ts';
import { SOUND_VIEW } from '../../support/cluster-view.ts';
import { inspected } from '../../support/inspected.ts';
import { claim, type Given, manifest } from '../../support/statefulset.ts';

function codes(view: ClusterView, given: Given = {}, creating = true): string[] {
  const set = manifest({
    claims: [claim('data', { storageClassName: 'zonekeeper-zrs' })],
    ...given,
  });
  return inspect(set, { ...inspected(set, view), creating }).map(({ code }) => code);
}

t.test('in a sound cluster nothing is said', async (t) => {
  t.same(codes(SOUND_VIEW), []);
});

t.test('of a cluster that is not known nothing is said', async (t) => {
  t.same(codes({}), []);
});

t.test('a cluster that does not know matchConditions is told of', async (t) => {
  const version = (major: number, minor: number) => codes({ version: { major, minor } });
  t.same(version(1, 29), ['ZK222']);
  t.same([version(1, 30), version(2, 0)], [[], []]);
});

t.test('a set that an operator controls is told of, one that is merely owned is not', async (t) => {
  const owned = (owner: object) => codes({}, { metadata: { ownerReferences: [owner] } });
  t.same(owned({ kind: 'Kafka', name: 'events', controller: true }), ['ZK220']);
  t.same(owned({ controller: true }), ['ZK220']);
  t.same(owned({ kind: 'Kafka', name: 'events' }), []);
  t.same(codes({}, { metadata: { ownerReferences: null } }), []);
});

t.test('claims that exist matter at creation only', async (t) => {
  const view = { claims: new Map([['shop/data-mysql-0', 'lrs']]) };
  t.same(codes(view), ['ZK207']);
  t.same(codes(view, {}, false), []);
});

import t from 'tap';
import { inspectScheduler } from '../../../../webhook/core/inspect/scheduler.ts';
import { NOW } from '../../../support/context.ts';
import { inspected } from '../../../support/inspected.ts';
import { manifest } from '../../../support/statefulset.ts';

const EXTENDER = 'csi-azuredisk-scheduler-extender';

function warnings(name: string | undefined, leases: Readonly<Record<string, number>> | undefined) {
  const facts = Object.entries(leases ?? {}).map(
    ([key, renewedAt]) => [key, { renewedAt }] as const,
  );
  const view = leases === undefined ? {} : { leases: new Map(facts) };
  const set = manifest({ asks: { inject: 'true', profile: 'azuredisk-v2' } });
  const scheduler = name === undefined ? {} : { scheduler: { name } };
  return inspectScheduler(inspected(set, view, { v: 1, ...scheduler }));
}

t.test('of a scheduler that renews its lease nothing is said', async (t) => {
  const lease = `kube-system/${EXTENDER}`;
  for (const age of [0, 59_000, 60_499, -5_000]) {
    t.same(warnings(EXTENDER, { [lease]: NOW - age }), [], String(age));
  }
});

t.test('a scheduler without lease is told of', async (t) => {
  t.match(warnings(EXTENDER, {}), [
    {
      code: 'ZK208',
      found: `no Lease kube-system/${EXTENDER} shows that scheduler "${EXTENDER}" runs`,
    },
  ]);
});

t.test('a scheduler that no longer renews its lease is told of', async (t) => {
  t.match(warnings(EXTENDER, { [`kube-system/${EXTENDER}`]: NOW - 61_000 }), [
    { code: 'ZK209', found: / 61 s ago$/, expected: 'at most 60 s' },
  ]);
  t.match(warnings(EXTENDER, { [`kube-system/${EXTENDER}`]: 0 }), [{ code: 'ZK209' }]);
});

t.test('a scheduler that the profile does not know is looked for under its own name', async (t) => {
  t.same(warnings('volcano', { 'kube-system/volcano': NOW }), []);
  t.match(warnings('volcano', {}), [{ code: 'ZK208', found: /kube-system\/volcano/ }]);
});

t.test('nothing is said of what was not put in, or is not known', async (t) => {
  t.same(warnings(undefined, {}), []);
  t.same(warnings('default-scheduler', {}), []);
  t.same(warnings(EXTENDER, undefined), []);
});

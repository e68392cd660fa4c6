import t from 'tap';
import { leaseObject, leaseRecord, microTime } from '../../../webhook/controllers/lease-record.ts';

const record = {
  holder: 'one',
  duration: 15_000,
  acquired: '2026-11-21T12:00:00.000000Z',
  transitions: 3,
  resourceVersion: '7',
};

t.test('a record becomes a Lease and the Lease the record', async (t) => {
  const renewed = Date.UTC(2026, 10, 21, 13);
  const lease = leaseObject('leader', record, renewed);
  t.strictSame(lease, {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: 'leader', resourceVersion: '7' },
    spec: {
      holderIdentity: 'one',
      leaseDurationSeconds: 15,
      acquireTime: '2026-11-21T12:00:00.000000Z',
      renewTime: '2026-11-21T13:00:00.000000Z',
      leaseTransitions: 3,
    },
  });
  t.strictSame(leaseRecord(lease), record);
});

t.test(
  'a Lease to be created has no version, and the API server takes no duration of 0',
  async (t) => {
    const lease = leaseObject('leader', { ...record, resourceVersion: '', duration: 300 }, 0);
    t.match(lease, { metadata: { name: 'leader' }, spec: { leaseDurationSeconds: 1 } });
    t.notOk('resourceVersion' in (lease as { metadata: object }).metadata);
  },
);

t.test('an empty Lease is one that nobody holds', async (t) => {
  t.match(leaseRecord({}), { holder: '', duration: 0, transitions: 0, resourceVersion: '' });
});

t.test('times have six digits after the second', async (t) => {
  t.equal(microTime(1_700_000_000_123), '2023-11-14T22:13:20.123000Z');
});

import t from 'tap';
import { leaseRecord, leaseSpec, microTime } from '../../../webhook/controllers/lease-record.ts';

const record = {
  holder: 'one',
  duration: 15_000,
  acquired: '2026-11-21T12:00:00.000000Z',
  transitions: 3,
};

t.test('a record becomes a Lease and the Lease the record', async (t) => {
  const spec = leaseSpec(record, Date.UTC(2026, 10, 21, 13));
  t.strictSame(spec, {
    holderIdentity: 'one',
    leaseDurationSeconds: 15,
    acquireTime: '2026-11-21T12:00:00.000000Z',
    renewTime: '2026-11-21T13:00:00.000000Z',
    leaseTransitions: 3,
  });
  const owners = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'release', uid: '1' }];
  const metadata = { resourceVersion: '7', ownerReferences: owners };
  t.strictSame(leaseRecord({ metadata, spec }), { ...record, resourceVersion: '7', owners });
});

t.test('the API server takes no duration of 0', async (t) => {
  t.match(leaseSpec({ ...record, duration: 300 }, 0), { leaseDurationSeconds: 1 });
});

t.test('an empty Lease is one that nobody holds', async (t) => {
  t.match(leaseRecord({}), { holder: '', duration: 0, transitions: 0, owners: [] });
});

t.test('times have six digits after the second', async (t) => {
  t.equal(microTime(1_700_000_000_123), '2023-11-14T22:13:20.123000Z');
});

import t from 'tap';
import { writeMarker } from '../../../webhook/core/marker.ts';
import { outcomeOf } from '../../../webhook/self-test/outcome.ts';

const answer = (status: number, body: unknown) => outcomeOf({ status, body, warnings: [] }, 'shop');

t.test('an injected set tells by whom and with what', async (t) => {
  const marker = writeMarker({ v: 1, by: '0.1.0', profile: 'default', request: {} });
  const body = {
    metadata: { annotations: { 'zonekeeper.io/injected': marker } },
    spec: {
      template: { spec: { schedulerName: 'own' } },
      volumeClaimTemplates: [{ spec: { storageClassName: 'fast' } }],
    },
  };
  t.strictSame(answer(201, body), {
    outcome: 'injected',
    by: '0.1.0',
    profile: 'default',
    storageClassName: 'fast',
    schedulerName: 'own',
  });
});

t.test('a set without a marker was passed by', async (t) => {
  t.strictSame(answer(201, { metadata: {} }), { outcome: 'passed-by' });
});

t.test('a refusal tells whether it was the call that failed', async (t) => {
  const failed = 'Internal error: failed calling webhook "statefulsets.zonekeeper.io": EOF';
  t.match(answer(500, { message: failed }), { outcome: 'refused', calling: true, status: 500 });
  const other = 'failed calling webhook "other.example.test": EOF';
  t.match(answer(500, { message: other }), { calling: false, message: other, namespace: 'shop' });
  t.match(answer(502, undefined), { calling: false, message: 'no message' });
});

import t from 'tap';
import { changedAt } from '../../../sidecar/mount/generation.ts';

t.test('the name of a generation tells when it was written, in UTC', async (t) => {
  t.equal(changedAt('..2026_11_25_22_19_03.2g8X2f')?.toISOString(), '2026-11-25T22:19:03.000Z');
});

t.test('another name tells nothing', async (t) => {
  for (const name of ['', '..data', '2026_11_25_22_19_03.1', '..2026_11_25.1']) {
    t.equal(changedAt(name), undefined, name);
  }
});

import fc from 'fast-check';
import t from 'tap';
import { isoTime } from '../../sidecar/iso-time.ts';
import { holds } from '../support/property.ts';

t.test('a time is written as the language writes it', async (t) => {
  const date = fc.date({
    min: new Date('0000-01-01T00:00:00.000Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  });
  holds(t, date, (time) => {
    if (isoTime(time.getTime()) !== time.toISOString()) throw new Error('another text');
  });
});

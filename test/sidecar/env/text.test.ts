import t from 'tap';
import { textOf } from '../../../sidecar/env/text.ts';
import { holds } from '../../support/property.ts';
import { value } from './support/values.ts';

t.test('the text of bytes gives the same bytes again', async (t) => {
  holds(t, value, (text) => {
    if (textOf(Buffer.from(text)) !== text) throw new Error('another text');
  });
});

t.test('a byte order mark is part of the text', async (t) => {
  t.equal(textOf(Buffer.from('\ufeffa')), '\ufeffa');
});

t.test('bytes that are not UTF-8 have no text', async (t) => {
  for (const bytes of [[0xff], [0xc3], [0x61, 0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf5, 0, 0, 0]]) {
    t.equal(textOf(Uint8Array.from(bytes)), undefined);
  }
});

import t from 'tap';
import { parseQuantity } from '../../../../webhook/core/inspect/quantity.ts';

t.test('quantities are read in every notation of Kubernetes', async (t) => {
  t.equal(parseQuantity('10Gi'), 10 * 2 ** 30);
  t.equal(parseQuantity('1.5T'), 1.5e12);
  t.equal(parseQuantity('500M'), 500e6);
  t.equal(parseQuantity('128974848'), 128974848);
  t.equal(parseQuantity('1e12'), 1e12);
  t.equal(parseQuantity('12E'), 12e18);
  t.equal(parseQuantity('5E3'), 5000);
  t.equal(parseQuantity('.5Ki'), 512);
  t.equal(parseQuantity('1.'), 1);
  t.equal(parseQuantity(' 4Ti '), 4 * 2 ** 40);
});

t.test('what is no quantity is none', async (t) => {
  for (const text of ['', 'Gi', '10gi', '10 Gi', '-1', '10Gib', '1e', '.', '0x10', '1e100']) {
    t.equal(parseQuantity(text), undefined, text);
  }
});

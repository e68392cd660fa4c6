import { Registry } from '@prometheus-io/client';
import t from 'tap';
import { Tally } from '../../../webhook/server/tally.ts';

const lines = async (registry: Registry) =>
  (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));

t.test('what was counted shows at each scrape, in the order of the labels', async (t) => {
  const registry = new Registry();
  const tally = new Tally(registry, 'reviews_total', 'Reviews.', ['operation', 'outcome']);
  tally.add('CREATE injected');
  tally.add('CREATE injected');
  tally.add('UPDATE kept');
  const expected = [
    'reviews_total{operation="CREATE",outcome="injected"} 2',
    'reviews_total{operation="UPDATE",outcome="kept"} 1',
  ];
  t.strictSame(await lines(registry), expected);
  t.strictSame(await lines(registry), expected, 'a scrape changes nothing');
  tally.add('UPDATE kept');
  t.match(await lines(registry), [expected[0], /kept"} 2$/]);
});

t.test('a series can show before it has counted anything', async (t) => {
  const registry = new Registry();
  const tally = new Tally(registry, 'codes_total', 'Codes.', ['code']);
  tally.start('ZK101');
  t.strictSame(await lines(registry), ['codes_total{code="ZK101"} 0']);
});

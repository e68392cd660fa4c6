import t from 'tap';
import { misplacedIn } from '../../../webhook/cli/misplaced.ts';
import type { Json } from '../../../webhook/core/statefulset.ts';

const ASKS = { 'zonekeeper.io/inject': 'true', 'zonekeeper.io/other': 'x', other: 'y' };

function found(value: Json, isStatefulSet: boolean): string[] {
  const target = { path: [], value, isStatefulSet, inList: false, line: 1, title: '' };
  return misplacedIn(target).map((problem) => problem.found);
}

t.test('annotations on a StatefulSet itself are where they belong', async (t) => {
  t.strictSame(found({ metadata: { annotations: ASKS } }, true), []);
});

t.test('annotations elsewhere are told with their place', async (t) => {
  const everywhere = { annotations: ASKS, labels: ASKS };
  const object = { metadata: everywhere, spec: { template: { metadata: everywhere } } };
  const places = [
    'metadata.labels holds zonekeeper.io/inject',
    'spec.template.metadata.annotations holds zonekeeper.io/inject',
    'spec.template.metadata.labels holds zonekeeper.io/inject',
  ];
  t.strictSame(found(object, true), places);
  t.strictSame(found(object, false), [
    'metadata.annotations holds zonekeeper.io/inject',
    ...places,
  ]);
});

t.test('whatever else an object is does not matter', async (t) => {
  t.strictSame(found([], false), []);
  t.strictSame(found({ metadata: { labels: 'x' }, spec: null }, false), []);
});

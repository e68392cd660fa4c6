import t from 'tap';
import { parseConfiguration } from '../../../../webhook/core/configuration.ts';
import { type Problem, problem } from '../../../../webhook/core/problems.ts';
import { review } from '../../../../webhook/core/review.ts';
import { contextWith } from '../../../support/context.ts';
import { assertReadable } from '../../../support/messages.ts';

const LOOP = { storageClassName: 'managed-csi', allowed: { storageClasses: ['zonekeeper-zrs'] } };

t.test('what comes in from outside is judged in one line', async (t) => {
  const found: readonly Problem[] = [
    ...(parseConfiguration({ profiles: { default: { storageClass: 'x' } } }).problems ?? []),
    ...(parseConfiguration({ profiles: {} }).problems ?? []),
    ...(parseConfiguration({ profiles: { default: LOOP } }).problems ?? []),
    problem('ZK304', { file: '/etc/zonekeeper/config.yaml', detail: 'bad indentation at line 3' }),
    review({ kind: 'Pod' }, contextWith()).malformed ?? problem('ZK302', {}),
  ];
  t.same(
    found.map(({ code }) => code),
    ['ZK301', 'ZK302', 'ZK303', 'ZK304', 'ZK401'],
  );
  for (const one of found) assertReadable(t, one);
});

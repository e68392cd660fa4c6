import t from 'tap';
import { chosenInstead } from '../../../webhook/core/conflicts.ts';
import { problem } from '../../../webhook/core/problems.ts';
import { inspected } from '../../support/inspected.ts';
import { claim, manifest } from '../../support/statefulset.ts';

const ZK212 = problem('ZK212', { found: 'mine', wanted: 'volcano' });
const ZK214 = problem('ZK214', { key: 'node.kubernetes.io/not-ready' });

function codes(asks: Record<string, string>, claims: object[], given = {}) {
  const set = manifest({ asks, claims: claims.map((one) => ({ ...one })) });
  const { request, parts } = inspected(set, {}, { v: 1, claims: given });
  return chosenInstead(request, parts, [ZK212, ZK214]).map(({ code }) => code);
}

const chosen = claim('data', { storageClassName: 'mine' });

t.test(
  'of a scheduler that the template chooses itself only an annotation makes an issue',
  async (t) => {
    t.same(codes({ profile: 'azuredisk-v2' }, []), ['ZK214']);
    t.same(codes({ 'scheduler-name': 'volcano' }, []), ['ZK212', 'ZK214']);
  },
);

t.test('a class that an annotation asks for must find a claim template that is open', async (t) => {
  const asks = { 'storage-class': 'zrs' };
  t.same(codes(asks, [chosen]), ['ZK214', 'ZK213']);
  t.same(codes(asks, []), ['ZK214', 'ZK213']);
  t.same(codes(asks, [chosen, claim('logs')]), ['ZK214']);
  t.same(codes({ inject: 'true' }, [chosen]), ['ZK214'], 'a profile only offers');
  t.same(codes({ 'storage-class': 'none' }, [chosen]), ['ZK214'], 'none is never missed');
});

t.test('claim templates that have the class already are as they were asked for', async (t) => {
  const asks = { 'storage-class': 'mine' };
  t.same(codes(asks, [chosen]), ['ZK214']);
  t.same(codes({ 'storage-class': 'zrs' }, [chosen], { data: 'zrs' }), ['ZK214'], 'put in before');
});

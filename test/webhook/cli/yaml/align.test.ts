import t from 'tap';
import { align } from '../../../../webhook/cli/yaml/align.ts';
import type { Json } from '../../../../webhook/core/statefulset.ts';

/** `0>1` an entry kept, `-0` one removed, `+1` one inserted. */
function steps(before: readonly Json[], after: readonly Json[]): string {
  return align(before, after)
    .map((step) => {
      if (step.kind === 'keep') return `${step.before}>${step.after}`;
      return step.kind === 'remove' ? `-${step.before}` : `+${step.after}`;
    })
    .join(' ');
}

t.test('entries are matched by name, by the name of their metadata, or by content', async (t) => {
  t.equal(
    steps([{ name: 'a' }, { name: 'b' }], [{ name: 'x' }, { name: 'a', c: 1 }, { name: 'b' }]),
    '+0 0>1 1>2',
  );
  t.equal(steps([{ metadata: { name: 'a' } }], [{ metadata: { name: 'a' }, spec: 1 }]), '0>0');
  t.equal(steps(['a', 'b'], ['b']), '-0 1>0');
  t.equal(steps([1, 2, 3], [1, 3, 4]), '0>0 -1 2>1 +2');
});

t.test('entries that cannot be matched are paired in order', async (t) => {
  t.equal(steps([{ a: 1 }, { a: 1 }], [{ a: 2 }, { a: 1 }]), '0>0 1>1');
  t.equal(steps([{ a: 1 }], [{ a: 2 }, { a: 3 }]), '0>0 +1');
  t.equal(steps([1, 2], [3]), '0>0 -1');
});

t.test('lists may be empty', async (t) => {
  t.equal(steps([], [1]), '+0');
  t.equal(steps([1], []), '-0');
  t.equal(steps([], []), '');
});

t.test('of two entries with one name, the one that stays is the one that is equal', async (t) => {
  const [own, ours] = [
    { name: 'a', path: 1 },
    { name: 'a', path: 2 },
  ];
  t.equal(steps([own, ours], [own]), '0>0 -1');
  t.equal(steps([ours, own], [own]), '-0 1>0');
});

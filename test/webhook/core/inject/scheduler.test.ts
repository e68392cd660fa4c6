import t from 'tap';
import {
  chosenScheduler,
  injectScheduler,
  stripScheduler,
} from '../../../../webhook/core/inject/scheduler.ts';
import type { PodSpec } from '../../../../webhook/core/statefulset.ts';

t.test('a template that chooses no scheduler gets the one that is asked for', async (t) => {
  const { spec, entry, warnings } = injectScheduler({ containers: [] }, 'volcano');
  t.same(spec, { containers: [], schedulerName: 'volcano' });
  t.same([entry, warnings], [{ name: 'volcano' }, []]);
});

t.test('the default scheduler counts as no choice and is remembered', async (t) => {
  const given = { schedulerName: 'default-scheduler' };
  const { spec, entry } = injectScheduler(given, 'volcano');
  t.same(entry, { name: 'volcano', was: 'default-scheduler' });
  t.same(stripScheduler(spec, { name: 'volcano', was: 'default-scheduler' }), given);
});

t.test('a scheduler that is there but empty is no choice', async (t) => {
  for (const schedulerName of ['', null]) {
    const given = { schedulerName } as PodSpec;
    const { spec, entry } = injectScheduler(given, 'volcano');
    t.same([spec.schedulerName, entry], ['volcano', { name: 'volcano' }]);
    t.same(stripScheduler(spec, { name: 'volcano' }), {});
    t.equal(chosenScheduler(given), undefined);
  }
});

t.test('a scheduler of the template’s own is never replaced', async (t) => {
  const given = { schedulerName: 'mine' };
  const { spec, entry, warnings } = injectScheduler(given, 'volcano');
  t.equal(spec, given);
  t.equal(entry, undefined);
  t.match(warnings, [{ code: 'ZK212', found: 'the template chooses scheduler "mine"' }]);
});

t.test('a template that chooses what is asked for is left alone without a word', async (t) => {
  const given = { schedulerName: 'volcano' };
  t.match(injectScheduler(given, 'volcano'), { spec: given, entry: undefined, warnings: [] });
});

t.test('the default scheduler is never put in', async (t) => {
  for (const given of [{}, { schedulerName: 'default-scheduler' }]) {
    t.equal(injectScheduler(given, 'default-scheduler').spec, given);
  }
});

t.test('a scheduler that somebody has chosen since stays', async (t) => {
  const given = { schedulerName: 'mine' };
  t.equal(stripScheduler(given, { name: 'volcano' }), given);
});

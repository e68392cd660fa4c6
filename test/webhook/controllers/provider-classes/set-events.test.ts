import t from 'tap';
import { SetEvents } from '../../../../webhook/controllers/provider-classes/set-events.ts';
import { problem } from '../../../../webhook/core/problems.ts';
import { FakeKube, refusal } from '../../../support/fake-kube.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { MemoryLog } from '../../../support/memory-log.ts';

const never = new AbortController().signal;
const HOUR = 3_600_000;
const set = {
  namespace: 'shop',
  name: 'db',
  uid: 'u1',
  resourceVersion: '7',
  annotations: {},
  isDeleting: false,
};
const clash = problem('ZK601', { class: 'class' });
const REASON = 'SecretProviderClassConflict';

type EventBody = { metadata: { name: string; namespace: string }; note: string };

function start(answer: FakeKube['answer'] = () => ({})) {
  const kube = new FakeKube(answer);
  const clock = new ManualClock();
  const log = new MemoryLog();
  const events = new SetEvents(kube, 'replica-0', { clock, log });
  const tell = (about = 'class') => events.tell(set, about, REASON, clash, never);
  return { kube, clock, log, events, tell };
}

t.test('an Event is about the set, and of the shape that the API server asks for', async (t) => {
  const { kube, tell } = start();
  t.equal(await tell(), true);
  const [request] = kube.requests;
  t.match(request, { method: 'POST', path: '/apis/events.k8s.io/v1/namespaces/shop/events' });
  const { metadata, note, ...rest } = (request as { body: EventBody }).body;
  t.equal(metadata.namespace, 'shop');
  t.match(metadata.name, /^db\.[0-9a-f]{16}$/);
  t.match(note, /^ZK601 /);
  t.strictSame(rest, {
    eventTime: '2026-11-21T12:00:00.000000Z',
    type: 'Warning',
    reason: REASON,
    action: 'KeepSecretProviderClass',
    regarding: {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      namespace: 'shop',
      name: 'db',
      uid: 'u1',
    },
    reportingController: 'zonekeeper.io/secret-provider-classes',
    reportingInstance: 'replica-0',
  });
});

t.test('what goes on is told again after an hour, and what came back at once', async (t) => {
  const { clock, events, tell, kube } = start();
  await tell();
  clock.advance(HOUR - 1);
  t.equal(await tell(), false);
  t.equal(events.pause(set, 'class', clash), 1);
  t.equal(await tell('other'), true, 'of another class');
  clock.advance(1);
  t.equal(await tell(), true);
  events.forget(set, 'class');
  t.equal(await tell(), true);
  t.equal(await tell('other'), false);
  t.equal(kube.requests.length, 4);
});

t.test('an Event that cannot be written is a line of the log', async (t) => {
  const { log, tell } = start(() => {
    throw refusal(403);
  });
  t.equal(await tell(), true);
  t.match(log.lines, [
    { level: 'warn', message: /^ZK601 / },
    { level: 'warn', message: 'cannot write an Event' },
  ]);
});

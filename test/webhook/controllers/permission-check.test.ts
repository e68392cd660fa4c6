import t, { type Test } from 'tap';
import { PermissionCheck } from '../../../webhook/controllers/permission-check.ts';
import { FakeKube } from '../../support/fake-kube.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { MemoryLog } from '../../support/memory-log.ts';

const NEEDED = ['list', 'watch'].map((verb) => ({
  verb,
  group: '',
  resource: 'secrets',
  namespace: 'system',
  name: 'certs',
  essential: true,
}));

type Review = { spec: { resourceAttributes: { verb: string } } };

/** A check before an API server that allows these verbs. */
async function start(test: Test, allowed: Set<string>) {
  const kube = new FakeKube(({ body }) => ({
    status: { allowed: allowed.has((body as Review).spec.resourceAttributes.verb) },
  }));
  const clock = new ManualClock();
  const log = new MemoryLog();
  const check = new PermissionCheck(kube, NEEDED, { clock, log, random: () => 1 });
  test.equal(check.missing, undefined);
  const end = new AbortController();
  const running = check.run(end.signal);
  test.teardown(() => {
    end.abort();
    return running;
  });
  await clock.whenAsleep();
  return { kube, clock, log, check };
}

t.test('nothing is missing and nothing is said', async (t) => {
  const { kube, log, check } = await start(t, new Set(['list', 'watch']));
  t.same(check.missing, []);
  t.same(log.lines, []);
  t.strictSame(kube.requests[0], {
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: {
      spec: {
        resourceAttributes: {
          verb: 'list',
          group: '',
          resource: 'secrets',
          namespace: 'system',
          name: 'certs',
        },
      },
    },
  });
});

t.test('what is missing is named once, and its end too', async (t) => {
  const allowed = new Set(['list']);
  const { clock, log, check } = await start(t, allowed);
  t.same(
    check.missing?.map(({ verb }) => verb),
    ['watch'],
  );
  clock.advance(15_000);
  await clock.whenAsleep();
  t.equal(log.lines.length, 1);
  t.match(log.text(), /watch secrets \\"certs\\" in namespace \\"system\\"/);
  allowed.add('watch');
  clock.advance(15_000);
  await clock.whenAsleep();
  t.same(check.missing, []);
  t.match(log.lines[1], { level: 'info', message: 'every permission is granted now' });
});

t.test('an API server that cannot be asked is asked again', async (t) => {
  const { kube, clock, log, check } = await start(t, new Set());
  const { answer } = kube;
  kube.answer = () => {
    throw new Error('connection refused');
  };
  clock.advance(15_000);
  await clock.whenAsleep();
  t.equal(check.missing?.length, 2, 'what was known stays');
  kube.answer = answer;
  clock.advance(500);
  await clock.whenAsleep();
  t.match(
    log.lines.map(({ level }) => level),
    ['error', 'error', 'info'],
  );
});

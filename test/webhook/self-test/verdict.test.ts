import t from 'tap';
import type { Profile } from '../../../webhook/core/configuration.ts';
import { writeMarker } from '../../../webhook/core/marker.ts';
import type { Answer } from '../../../webhook/self-test/answer.ts';
import { judge } from '../../../webhook/self-test/verdict.ts';
import { profiles } from '../../support/context.ts';

const SHIPPED = profiles({ default: { storageClassName: 'zonekeeper-zrs' } }).profiles;

function profile(changes: Partial<Profile> = {}): Profile {
  if (SHIPPED.default === undefined) throw new Error('no profile');
  return { ...SHIPPED.default, ...changes };
}

interface Stored {
  readonly marker?: string;
  readonly storageClassName?: string;
  readonly schedulerName?: string;
}

const MARKER = writeMarker({ v: 1, by: '0.1.0', profile: 'default', request: { inject: 'true' } });

/** What the API server would answer if it stored the set like that. */
function stored(set: Stored, warnings: string[] = []): Answer {
  const { marker = MARKER, storageClassName, schedulerName = 'default-scheduler' } = set;
  const body = {
    metadata: { annotations: marker === '' ? {} : { 'zonekeeper.io/injected': marker } },
    spec: {
      template: { spec: { schedulerName } },
      volumeClaimTemplates: [{ spec: { ...(storageClassName && { storageClassName }) } }],
    },
  };
  return { status: 201, body, warnings };
}

const refused = (status: number, message?: string): Answer => ({
  status,
  body: { kind: 'Status', message },
  warnings: [],
});

t.test('a set with what the profile says passes, and is shown', async (t) => {
  const answer = stored({ storageClassName: 'zonekeeper-zrs' }, ['ZK202 no such class']);
  t.strictSame(judge(answer, 'apps', profile()), {
    passed: true,
    lines: [
      'injected by zonekeeper 0.1.0, profile default',
      'class of the claim template: zonekeeper-zrs',
      'scheduler: default-scheduler',
      'warning: ZK202 no such class',
      'passed: the API server calls the webhook, and the webhook injects',
    ],
  });
});

t.test('a profile may set a scheduler and no class', async (t) => {
  const own = profile({ storageClassName: 'none', schedulerName: 'own' });
  t.equal(judge(stored({ schedulerName: 'own' }), 'apps', own).passed, true);
  t.equal(judge(stored({}), 'apps', own).passed, false);
});

t.test('a set without the marker fails, with what to look at', async (t) => {
  for (const marker of ['', 'no JSON']) {
    const { passed, lines } = judge(stored({ marker }), 'apps', profile());
    t.equal(passed, false);
    t.match(lines.at(-1), /accepted without injection.*namespaceSelector spare namespace "apps"/);
  }
});

t.test('another class or scheduler than the profile’s fails', async (t) => {
  for (const set of [{}, { storageClassName: 'zonekeeper-zrs', schedulerName: 'other' }]) {
    const { passed, lines } = judge(stored(set), 'apps', profile());
    t.equal(passed, false);
    t.match(lines.at(-1), 'asks for class zonekeeper-zrs and scheduler default-scheduler');
  }
});

t.test('a refusal fails in the words of the API server', async (t) => {
  const forbidden = judge(refused(403, 'statefulsets.apps is forbidden'), 'apps', profile());
  t.strictSame(forbidden, {
    passed: false,
    lines: ['failed: the API server answered 403: statefulsets.apps is forbidden'],
  });
  const message = 'Internal error: failed calling webhook "statefulsets.zonekeeper.io": EOF';
  t.match(
    judge(refused(500, message), 'apps', profile()).lines.at(-1),
    /EOF; are replicas of the webhook ready/,
  );
  t.match(judge({ status: 502, body: undefined, warnings: [] }, 'apps', profile()).lines, [
    'failed: the API server answered 502: no message',
  ]);
});

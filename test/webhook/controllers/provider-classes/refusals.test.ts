import t from 'tap';
import { KubeError } from '../../../../webhook/controllers/kube-error.ts';
import {
  failureOf,
  LeadershipLost,
} from '../../../../webhook/controllers/provider-classes/refusals.ts';
import { refusal } from '../../../support/fake-kube.ts';

t.test('a failure is told by what can be done about it', async (t) => {
  const ending = 'unable to create new content in namespace shop because it is being terminated';
  for (const [error, failure] of [
    [refusal(409), 'race'],
    [new LeadershipLost(), 'race'],
    [refusal(404), 'gone'],
    [new KubeError(403, 'Forbidden', ending), 'gone'],
    [refusal(403), 'refused'],
    [refusal(422), 'refused'],
    [refusal(429), 'failed'],
    [refusal(500), 'failed'],
    [new Error('connection refused'), 'failed'],
  ] as const) {
    t.equal(failureOf(error), failure, error.message);
  }
});

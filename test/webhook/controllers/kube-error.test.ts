import t from 'tap';
import {
  isConflict,
  isExpired,
  isNotFound,
  KubeError,
  kubeError,
} from '../../../webhook/controllers/kube-error.ts';

t.test('the Status object of an answer says what went wrong', async (t) => {
  const status = { code: 409, reason: 'Conflict', message: 'the object has been modified' };
  const error = kubeError(409, status, 'PATCH /x');
  t.ok(error instanceof KubeError);
  t.match(error, { status: 409, reason: 'Conflict', name: 'KubeError' });
  t.equal(error.message, 'PATCH /x: the object has been modified');
});

t.test('an event of type ERROR has its status in the object only', async (t) => {
  t.ok(isExpired(kubeError(0, { code: 410, reason: 'Expired' }, 'watch')));
});

t.test('what is no Status still makes an error', async (t) => {
  for (const body of [undefined, null, 'Bad Gateway', 7, { message: 1, reason: 2, code: 'x' }]) {
    t.match(kubeError(502, body, 'GET /x'), {
      status: 502,
      reason: '',
      message: 'GET /x: HTTP status 502',
    });
  }
});

t.test('long messages are cut', async (t) => {
  const { message } = kubeError(422, { message: 'x'.repeat(10_000) }, 'POST /x');
  t.ok(message.length < 400);
});

t.test('the answers that are no failures are told apart', async (t) => {
  const of = (status: number) => kubeError(status, {}, 'GET /x');
  t.ok(isNotFound(of(404)));
  t.ok(isConflict(of(409)));
  t.ok(isExpired(of(410)));
  t.notOk(isNotFound(of(403)) || isConflict(of(404)) || isExpired(new Error('410')));
});

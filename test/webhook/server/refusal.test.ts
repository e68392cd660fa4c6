import t from 'tap';
import { REFUSALS, refusalOf, status } from '../../../webhook/server/refusal.ts';

t.test('errors of the framework get the status that HTTP has for them', (t) => {
  for (const [error, refusal, code] of [
    [{ code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413 }, 'too-large', 413],
    [{ code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE', statusCode: 415 }, 'media-type', 415],
    [{ code: 'FST_ERR_CTP_EMPTY_JSON_BODY', statusCode: 400 }, 'malformed', 400],
    [{ code: 'FST_ERR_CTP_INVALID_JSON_BODY', statusCode: 400 }, 'malformed', 400],
    [{ code: 'FST_ERR_CTP_INVALID_CONTENT_LENGTH', statusCode: 400 }, 'malformed', 400],
    [{ code: 'ECONNRESET', statusCode: 400 }, 'malformed', 400],
    [{ code: 'FST_ERR_REP_ALREADY_SENT', statusCode: 500 }, 'internal', 500],
    [{}, 'internal', 500],
  ] as const) {
    const [found, body] = refusalOf(error, 10);
    t.strictSame([found, body.code], [refusal, code], JSON.stringify(error));
  }
  t.end();
});

t.test('every refusal is a failed Status that client-go understands', (t) => {
  for (const refusal of REFUSALS) {
    t.match(status(refusal, 'why'), {
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      message: 'why',
      reason: /^[A-Z][A-Za-z]+$/,
      code: Number,
    });
  }
  t.end();
});

import { Writable } from 'node:stream';
import { pino } from 'pino';
import t from 'tap';
import { describeError, logOptions } from '../../webhook/log.ts';

function logger(level = 'info', now = () => 0) {
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(chunk));
      done();
    },
  });
  return {
    lines,
    log: pino(logOptions(level, now), sink),
  };
}

t.test('a line has its level by name, its time and nothing of the host', (t) => {
  const { lines, log } = logger();
  log.info({ uid: 'u' }, 'admission');
  log.debug({}, 'not at this level');
  t.strictSame(lines, [
    { level: 'info', time: '1970-01-01T00:00:00.000Z', uid: 'u', msg: 'admission' },
  ]);
  t.end();
});

t.test('the time of each line is that of the clock', (t) => {
  const times = [59_999, 60_000, 60_007, 1_795_250_000_123, 60_050];
  let time = 0;
  const { lines, log } = logger('info', () => time);
  for (time of times) log.info({}, 'tick');
  t.strictSame(
    lines.map((line) => line.time),
    times.map((each) => new Date(each).toISOString()),
  );
  t.end();
});

t.test('keys, tokens and objects are struck out should they ever get in', (t) => {
  const { lines, log } = logger();
  log.warn({ key: 'hunter2', cert: { key: 'hunter2' }, object: { spec: 'hunter2' } }, 'oh');
  log.error({ token: 'hunter2', headers: { authorization: 'hunter2' }, body: 'hunter2' }, 'oh');
  t.equal(lines.length, 2);
  t.notMatch(JSON.stringify(lines), 'hunter2');
  t.end();
});

t.test('an error is told without what it carries or quotes', (t) => {
  const { lines, log } = logger();
  const error = Object.assign(new Error('HTTP-Code: 409\nBody: hunter2'), {
    code: 409,
    body: { data: { 'tls.key': 'hunter2' } },
  });
  log.error({ err: new TypeError('cannot store', { cause: error }) }, 'oh');
  t.match(lines, [
    {
      err: {
        type: 'TypeError',
        message: 'cannot store',
        stack: /^at /,
        cause: { type: 'Error', message: 'HTTP-Code: 409', code: 409 },
      },
    },
  ]);
  t.notMatch(JSON.stringify(lines), 'hunter2');
  t.end();
});

t.test('a thrown thing that is no error and a chain without end are told too', (t) => {
  t.strictSame(describeError('text'), { type: 'string', message: 'text' });
  const error = new Error('round');
  error.cause = error;
  t.equal(JSON.stringify(describeError(error)).match(/"round"/g)?.length, 4);
  t.end();
});

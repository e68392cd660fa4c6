import t from 'tap';
import { ENV_MESSAGES } from '../../sidecar/env/messages.ts';
import { type Code, causeOf, MESSAGES, problem } from '../../sidecar/messages.ts';
import { VAULT_MESSAGES } from '../../sidecar/vault/messages.ts';

const CODES = Object.keys(MESSAGES) as Code[];

t.test('codes stand in order, and no other catalogue of the sidecar has them', async (t) => {
  t.ok(CODES.every((code) => /^ZK8[1-4]\d$/.test(code)));
  t.strictSame(CODES, CODES.toSorted());
  t.notOk(CODES.some((code) => code in ENV_MESSAGES || code in VAULT_MESSAGES));
});

t.test('the reasons are sentences, and the rest is what one sentence is made of', async (t) => {
  for (const code of CODES) {
    const { why, found, expected, mend } = MESSAGES[code];
    t.match(why, /^\S.*\.$/, code);
    for (const part of [found, expected, mend]) t.notMatch(part, /^\s|[\n\t]|[.;]$/, code);
  }
});

t.test('a message with ordinary names has 256 characters at most', async (t) => {
  const ordinary = new Proxy({}, { get: () => '/mnt/secrets-store' });
  for (const code of CODES.filter((each) => each !== 'ZK841')) {
    const { message } = problem(code, ordinary as never);
    t.ok(message.length <= 256, `${code}: ${message.length}`);
  }
});

t.test('of an error its code is told, never its message', async (t) => {
  t.equal(causeOf(Object.assign(new Error('hidden'), { code: 'ENOSPC' })), 'ENOSPC');
  t.equal(causeOf(new TypeError('hidden')), 'TypeError');
  t.equal(causeOf('hidden'), 'unknown');
});

import t from 'tap';
import { answerTo, type Evidence, judge } from '../../../sidecar/vault/answer.ts';
import { Fingerprints, filePrint } from '../../../sidecar/vault/fingerprint.ts';
import { type Identifier, parseIdentifier } from '../../../sidecar/vault/identifier.ts';
import type { VaultItem } from '../../../sidecar/vault/round.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const object = parseIdentifier('https://contoso.vault.azure.net/secrets/password') as Identifier;
const fingerprints = new Fingerprints();
const one = filePrint(Buffer.from('one'), fingerprints);
const two = filePrint(Buffer.from('two'), fingerprints);

function answer(content: string, changes: Partial<VaultItem> = {}) {
  const item = {
    content: Buffer.from(content),
    convertible: false,
    certificate: undefined,
    expiresOn: undefined,
  };
  return answerTo(object, undefined, { ...item, ...changes }, fingerprints);
}

function codeFor(evidence: Partial<Evidence>): string {
  const { state, code } = judge({
    object,
    file: one,
    answer: answer('one'),
    fileThen: one,
    now: NOW,
    ...evidence,
  });
  return `${state} ${code}`;
}

t.test('equal content is fresh, other content has drifted', async (t) => {
  t.equal(codeFor({}), 'fresh ZK850');
  t.equal(codeFor({ answer: answer('two') }), 'drifted ZK851');
});

t.test('a file that changed after the answer is fresh or unknown, never drifted', async (t) => {
  t.equal(codeFor({ file: two, answer: answer('two') }), 'fresh ZK850');
  t.equal(codeFor({ file: two }), 'unknown ZK869');
});

t.test('what may be converted is fresh or unknown, never drifted', async (t) => {
  t.equal(codeFor({ answer: answer('one', { convertible: true }) }), 'fresh ZK850');
  t.equal(codeFor({ answer: answer('two', { convertible: true }) }), 'unknown ZK865');
});

t.test('what has expired is orphaned, unless a newer value is on its way', async (t) => {
  const expiresOn = new Date(NOW);
  t.equal(codeFor({ answer: answer('one', { expiresOn }) }), 'orphaned ZK854');
  t.equal(codeFor({ answer: answer('two', { expiresOn }) }), 'drifted ZK851');
  t.equal(codeFor({ answer: answer('one', { expiresOn }), now: NOW - 1 }), 'fresh ZK850');
});

t.test('without a file or an answer nothing is known', async (t) => {
  t.equal(codeFor({ file: undefined }), 'unknown ZK868');
  t.equal(codeFor({ answer: undefined }), 'unknown ZK869');
});

t.test('what cannot be decoded fails the next mount', async (t) => {
  const item = {
    content: undefined,
    convertible: false,
    certificate: undefined,
    expiresOn: undefined,
  };
  const undecodable = answerTo(object, 'base64', item, fingerprints);
  t.equal(codeFor({ answer: undecodable }), 'orphaned ZK855');
  const evidence = { object, file: one, answer: undecodable, fileThen: one, now: NOW };
  t.match(judge(evidence).reason, /not valid base64: the next pod start will fail/);
});

t.test('the content is overwritten as soon as its fingerprint is taken', async (t) => {
  const content = Buffer.from('one');
  answer('', { content });
  t.same(content, Buffer.alloc(3));
});

t.test('fingerprints of one content differ from process to process', async (t) => {
  t.notSame(new Fingerprints().of(Buffer.from('one')), one.whole);
  t.same(fingerprints.of(Buffer.from('one')), one.whole);
});

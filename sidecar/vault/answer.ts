import { type FilePrint, type Fingerprint, type Fingerprints, sameContent } from './fingerprint.ts';
import type { Identifier } from './identifier.ts';
import { type VaultReason, vaultReason } from './messages.ts';
import type { Refusal } from './refusal.ts';
import type { Encoding, VaultItem } from './round.ts';
import type { VerdictState } from './verdict.ts';

/** What is kept of an object after it was asked for: no content of it. */
export type Answer = Refusal | Content;

interface Content {
  readonly fingerprint: Fingerprint;
  readonly convertible: boolean;
  /** Of the certificate that is written instead, if that can be told. */
  readonly certificate: Fingerprint | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresOn: number | undefined;
}

/** Keeps the fingerprint of what Key Vault handed out and overwrites the rest. */
export function answerTo(
  object: Identifier,
  encoding: Encoding,
  reply: VaultItem | Refusal,
  fingerprints: Fingerprints,
): Answer {
  if ('code' in reply) return reply;
  const { content, convertible, certificate, expiresOn } = reply;
  if (content === undefined) return unwritable(object, encoding);
  const fingerprint = fingerprints.of(content);
  content.fill(0);
  return {
    fingerprint,
    convertible,
    certificate: certificate && fingerprints.of(certificate),
    expiresOn: expiresOn?.getTime(),
  };
}

function unwritable({ label }: Identifier, encoding: Encoding): Refusal {
  return encoding === undefined
    ? { ...vaultReason('ZK866', { object: label }), state: 'unknown', reach: 'object' }
    : { ...vaultReason('ZK855', { object: label, encoding }), state: 'orphaned', reach: 'object' };
}

/** What is known of a file and its object. */
export interface Evidence {
  readonly object: Identifier;
  /** The file as it is; `undefined` if there is none. */
  readonly file: FilePrint | undefined;
  /** The last answer of Key Vault; `undefined` if there is none yet. */
  readonly answer: Answer | undefined;
  /** The file as it was when Key Vault answered. */
  readonly fileThen: FilePrint | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What can be said of a file. Nothing is called drifted on account of an answer that is older than the file. */
export function judge(evidence: Evidence): VaultReason & { readonly state: VerdictState } {
  const { object, file, answer, fileThen, now } = evidence;
  const values = { object: object.label };
  if (file === undefined) return { state: 'unknown', ...vaultReason('ZK868', values) };
  if (answer === undefined) return { state: 'unknown', ...vaultReason('ZK869', values) };
  if ('code' in answer) return { state: answer.state, code: answer.code, reason: answer.reason };
  const equal = isMadeOf(file, answer);
  if (equal === undefined) return { state: 'unknown', ...vaultReason('ZK865', values) };
  if (!equal) {
    return fileThen && sameContent(file.whole, fileThen.whole)
      ? { state: 'drifted', ...vaultReason('ZK851', values) }
      : { state: 'unknown', ...vaultReason('ZK869', values) };
  }
  const { expiresOn } = answer;
  if (expiresOn !== undefined && expiresOn <= now) {
    const when = new Date(expiresOn).toISOString().slice(0, 10);
    return { state: 'orphaned', ...vaultReason('ZK854', { ...values, when }) };
  }
  return { state: 'fresh', ...vaultReason('ZK850', values) };
}

/** `undefined`: cannot be told. */
function isMadeOf(file: FilePrint, { fingerprint, convertible, certificate }: Content) {
  if (sameContent(file.whole, fingerprint)) return true;
  if (!convertible) return false;
  if (!certificate || file.certificates.length === 0) return undefined;
  return file.certificates.some((other) => sameContent(other, certificate));
}

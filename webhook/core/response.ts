import type { Envelope } from './envelope.ts';
import type { Mutation } from './mutation.ts';
import type { Operation } from './patch.ts';
import { type Problem, plain, sentence, warningText } from './problems.ts';

/** What nobody reads to its end need not be sent. */
const MOST_LINES = 100;

/** `response` of an AdmissionReview. */
export interface AdmissionResponse {
  readonly uid: string;
  readonly allowed: boolean;
  readonly patchType?: 'JSONPatch';
  /** JSON Patch as base64. */
  readonly patch?: string;
  readonly warnings?: readonly string[];
  readonly auditAnnotations?: Readonly<Record<string, string>>;
  readonly status?: { readonly code: number; readonly reason: string; readonly message: string };
}

/** Without a patch where nothing changes, so that other webhooks need not run again. */
export function allow(
  { uid }: Envelope,
  mutation: Mutation,
  patch: readonly Operation[],
): AdmissionResponse {
  return {
    uid,
    allowed: true,
    ...(patch.length > 0 && {
      patchType: 'JSONPatch',
      patch: Buffer.from(JSON.stringify(patch)).toString('base64'),
    }),
    ...(mutation.warnings.length > 0 && {
      warnings: mutation.warnings.slice(0, MOST_LINES).map(warningText),
    }),
    auditAnnotations: audit(mutation),
  };
}

/** Every problem on a line of its own, the warnings after the denials: a misspelt key may be the cause of one. */
export function deny({ uid, namespace, name }: Envelope, mutation: Mutation): AdmissionResponse {
  const { denials, warnings } = mutation;
  const count = denials.length === 1 ? '1 problem' : `${denials.length} problems`;
  const title = `${count} in StatefulSet ${plain(namespace)}/${plain(name)}`;
  const message = [title, ...linesOf([...denials, ...warnings])].join('\n');
  return {
    uid,
    allowed: false,
    status: { code: 422, reason: 'Invalid', message },
    auditAnnotations: audit(mutation),
  };
}

function linesOf(problems: readonly Problem[]): string[] {
  const lines = problems.slice(0, MOST_LINES).map(sentence);
  const more = problems.length - lines.length;
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}

/** The same in every round of an admission: the API server refuses to overwrite an audit annotation. */
function audit({ outcome, injections, denials, warnings }: Mutation): Record<string, string> {
  const codes = [...new Set([...denials, ...warnings].map(({ code }) => code))];
  return {
    outcome,
    ...(injections.length > 0 && { injections: injections.join(',') }),
    ...(codes.length > 0 && { codes: codes.join(',') }),
  };
}

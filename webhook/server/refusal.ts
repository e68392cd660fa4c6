import { type Problem, problem, sentence } from '../core/problems.ts';

/** Why a request got no review. A closed set: it is a label of a metric. */
export const REFUSALS = [
  'malformed',
  'too-large',
  'media-type',
  'not-found',
  'overloaded',
  'internal',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/**
 * A `Status` of meta/v1: client-go reads it from an answer that is no 2xx, so that its message reaches the user instead
 * of a quoted body (Kubernetes 1.36, client-go/rest/request.go).
 */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly status: 'Failure';
  readonly message: string;
  readonly reason: string;
  readonly code: number;
}

const KINDS: Readonly<Record<Refusal, readonly [code: number, reason: string]>> = {
  malformed: [400, 'BadRequest'],
  'not-found': [404, 'NotFound'],
  'too-large': [413, 'RequestEntityTooLarge'],
  'media-type': [415, 'UnsupportedMediaType'],
  overloaded: [429, 'TooManyRequests'],
  internal: [500, 'InternalError'],
};

export function status(refusal: Refusal, message: string): Status {
  const [code, reason] = KINDS[refusal];
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code };
}

export const malformed = (found: Problem): Status => status('malformed', sentence(found));

export const overloaded: Status = status(
  'overloaded',
  'zonekeeper has more requests than it can answer in time; retry in a second; if this lasts, add replicas',
);

export const notFound: Status = status(
  'not-found',
  'nothing is served here; expected POST /mutate with an AdmissionReview of admission.k8s.io/v1',
);

/** What of an error of the framework is needed to tell its kind. */
export interface FrameworkError {
  readonly code?: string;
  readonly statusCode?: number;
}

/**
 * The refusal of a request that failed before or in its review. The error's own message is not used: that of a body
 * that is no JSON may quote the body.
 */
export function refusalOf(error: FrameworkError, bodyLimit: number): [Refusal, Status] {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return ['too-large', status('too-large', body(`more than ${bodyLimit} bytes`, 'fewer'))];
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return ['media-type', status('media-type', body('no JSON', 'content-type application/json'))];
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return ['malformed', status('malformed', body('nothing', 'an AdmissionReview'))];
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return ['malformed', status('malformed', body('text that is no JSON', 'JSON'))];
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return [
        'malformed',
        status('malformed', body('another length than announced', 'that length')),
      ];
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return ['malformed', status('malformed', 'the request is no sound HTTP request')];
  }
  return [
    'internal',
    status('internal', 'zonekeeper failed; its log tells why; please report it with the manifest'),
  ];
}

function body(found: string, expected: string): string {
  return sentence(problem('ZK401', { found, path: '(root)', expected }));
}

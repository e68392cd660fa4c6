import type { LoggerOptions } from 'pino';

/**
 * Keys that never belong in the log, with what they would hold: private keys and tokens, and everything of a user's
 * object. The code logs none of them; this is the second lock.
 */
const NEVER = [
  'key',
  'cert.key',
  'ca.key',
  'token',
  'authorization',
  'headers',
  'body',
  'request',
  'response',
  'object',
  'oldObject',
  'patch',
  'data',
  'stringData',
  'env',
];

/** Settings of the process's logger: JSON lines with the level by name and the time as ISO 8601. */
export function logOptions(level: string, now: () => number): LoggerOptions {
  return {
    level,
    base: null,
    timestamp: timeOf(now),
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: NEVER, censor: '[redacted]' },
    serializers: { err: (error: unknown) => describeError(error) },
  };
}

/** The time as the field of a line. The part that changes once a second is made once a second. */
function timeOf(now: () => number): () => string {
  let second = Number.NaN;
  let text = '';
  return () => {
    const milliseconds = now();
    const current = Math.floor(milliseconds / 1000);
    if (current !== second) {
      second = current;
      text = new Date(current * 1000).toISOString().slice(0, 20);
    }
    return `,"time":"${text}${String(milliseconds % 1000).padStart(3, '0')}Z"`;
  };
}

/** What the log tells of an error. */
export interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  readonly cause?: DescribedError;
}

/**
 * An error without its own further properties: an API client's error carries the body of the answer, which can be a
 * Secret, and quotes it in its message below the first line. At most so many causes are told.
 */
export function describeError(error: unknown, causes = 3): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: firstLine(String(error)) };
  const { code, cause, stack } = error as Error & { code?: unknown };
  return {
    type: error.name,
    message: firstLine(error.message),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(stack === undefined ? {} : { stack: frames(stack) }),
    ...(cause === undefined || causes === 0 ? {} : { cause: describeError(cause, causes - 1) }),
  };
}

const firstLine = (text: string): string => (text.split('\n', 1)[0] ?? '').slice(0, 500);

/** Only where it happened: the head of a stack repeats the message. */
const frames = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
    .join('\n');

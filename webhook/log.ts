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
export function logOptions(level: string, isoTime: () => string): LoggerOptions {
  return {
    level,
    base: null,
    timestamp: isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: NEVER, censor: '[redacted]' },
    serializers: { err: (error: unknown) => describeError(error) },
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

/** An answer of the API server other than success. */
export class KubeError extends Error {
  /** HTTP status. */
  readonly status: number;
  /** `reason` of the Status object, such as `NotFound`, `Conflict`, `Expired`; empty if there was none. */
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.name = 'KubeError';
    this.status = status;
    this.reason = reason;
  }
}

/** Is this the answer that the object, or the whole kind of it, does not exist? */
export function isNotFound(error: unknown): boolean {
  return error instanceof KubeError && error.status === 404;
}

/** Is this the answer that somebody else was faster: the object exists already, or is no longer the one that was read? */
export function isConflict(error: unknown): boolean {
  return error instanceof KubeError && error.status === 409;
}

/** Is this the answer that a watch or list can no longer be continued where it stopped? */
export function isExpired(error: unknown): boolean {
  return error instanceof KubeError && error.status === 410;
}

const LONGEST_MESSAGE = 300;

/** The error of a `Status` object, or of what a proxy in between answered instead. */
export function kubeError(status: number, body: unknown, what: string): KubeError {
  const { message, reason, code } = asStatus(body);
  const said = message === '' ? `HTTP status ${status}` : message.slice(0, LONGEST_MESSAGE);
  return new KubeError(code ?? status, reason, `${what}: ${said}`);
}

function asStatus(body: unknown): { message: string; reason: string; code?: number } {
  if (typeof body !== 'object' || body === null) return { message: '', reason: '' };
  const { message, reason, code } = body as { message?: unknown; reason?: unknown; code?: unknown };
  return {
    message: typeof message === 'string' ? message : '',
    reason: typeof reason === 'string' ? reason : '',
    ...(typeof code === 'number' && { code }),
  };
}

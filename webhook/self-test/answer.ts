import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Access } from '../controllers/access.ts';
import { open } from '../controllers/open.ts';
import type { ProbeSet } from './set.ts';

/** What the API server said of a set. */
export interface Answer {
  /** HTTP status. */
  readonly status: number;
  /** The set as it would be stored, or a `Status`; undefined if it was no JSON. */
  readonly body: unknown;
  /** As kubectl shows them. */
  readonly warnings: readonly string[];
}

/** The API server ends a write after 34 s itself (Kubernetes 1.36, apiserver/pkg/endpoints/handlers/rest.go). */
const TIMEOUT = 40_000;

/** Has the API server admit a set without storing it. Rejects if it cannot be reached. */
export async function dryRun(access: Access, set: ProbeSet): Promise<Answer> {
  const { namespace } = set.metadata;
  const response = await open(
    access.server,
    await access.options(),
    {
      method: 'POST',
      path: `/apis/apps/v1/namespaces/${namespace}/statefulsets`,
      query: { dryRun: 'All' },
      body: set,
    },
    AbortSignal.timeout(TIMEOUT),
    TIMEOUT,
  );
  return {
    status: response.statusCode ?? 0,
    body: parsed(await text(response)),
    warnings: warningsOf(response),
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** A header reads `299 - "text"`, with quotes and backslashes of the text escaped. */
function warningsOf({ headersDistinct }: IncomingMessage): string[] {
  return (headersDistinct.warning ?? []).map((value) => {
    const quoted = /"(?<text>(?:[^"\\]|\\.)*)"/.exec(value)?.groups?.text ?? value;
    return quoted.replaceAll(/\\(.)/g, '$1');
  });
}

import { errorCodes, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Report, Reviewed } from '../core/review.ts';
import { cohorts, type Step } from './cohort.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { malformed } from './refusal.ts';

export interface AdmissionOptions {
  /** Answers one parsed body. Does no I/O and throws nothing. */
  readonly review: (body: unknown) => Reviewed;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Milliseconds of a clock that never goes back, such as `performance.now`. */
  readonly monotonic: () => number;
}

/** A request on its way to its answer. */
interface Call {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly text: string;
  body: unknown;
  reviewed: Reviewed | undefined;
}

/**
 * The handler of `POST /mutate`: one review, one line in the log, one answer. `request.body` is the text as it came: it is
 * parsed here, together with others that came at the same time.
 */
export function admission(options: AdmissionOptions) {
  const steps = [
    attempt((call) => {
      call.body = parse(call.text);
    }),
    attempt((call) => {
      call.reviewed = options.review(call.body);
    }),
    attempt((call) => send(call, options)),
  ];
  const take = cohorts<Call>(steps, ({ text }) => text.length);
  return (request: FastifyRequest, reply: FastifyReply): void => {
    take({ request, reply, text: request.body as string, body: undefined, reviewed: undefined });
  };
}

/** A step that answers with an error if it fails; nobody else would catch it. */
function attempt(step: (call: Call) => void): Step<Call> {
  return (call) => {
    try {
      step(call);
      return true;
    } catch (error) {
      call.reply.send(error);
      return false;
    }
  };
}

function parse(text: string): unknown {
  if (text === '') throw new errorCodes.FST_ERR_CTP_EMPTY_JSON_BODY();
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own error quotes the text.
    throw new errorCodes.FST_ERR_CTP_INVALID_JSON_BODY();
  }
}

function send(
  { request, reply, reviewed }: Call,
  { metrics, log, monotonic }: AdmissionOptions,
): void {
  if (reviewed === undefined) return;
  if (reviewed.malformed !== undefined) {
    const refused = malformed(reviewed.malformed);
    metrics.refused('malformed');
    log.warn({ reason: 'malformed', code: reviewed.malformed.code }, refused.message);
    reply.code(refused.code).send(refused);
    return;
  }
  const milliseconds = monotonic() - request.begun;
  metrics.reviewed(reviewed.report, milliseconds);
  log.info(line(reviewed.report, milliseconds), 'admission');
  // Sent as text: the framework would look for a serializer of the route first.
  reply
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify(reviewed.answer));
}

/** No name that an API server accepts is longer; whatever else calls cannot fill the log. */
const LONGEST_NAME = 253;

/** What the log tells of a review: names and codes, never anything of the object's content. */
function line(report: Report, milliseconds: number) {
  return {
    uid: report.uid.slice(0, LONGEST_NAME),
    operation: report.operation.slice(0, LONGEST_NAME),
    namespace: report.namespace.slice(0, LONGEST_NAME),
    name: report.name.slice(0, LONGEST_NAME),
    dryRun: report.dryRun,
    outcome: report.outcome,
    injections: report.injections,
    codes: report.codes,
    patched: report.patched,
    ms: Math.round(milliseconds * 1000) / 1000,
  };
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Report, Reviewed } from '../core/review.ts';
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

/** The handler of `POST /mutate`: one review, one line in the log, one answer. */
export function admission({ review, metrics, log, monotonic }: AdmissionOptions) {
  return (request: FastifyRequest, reply: FastifyReply): void => {
    const reviewed = review(request.body);
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
  };
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

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
  const { uid, operation, namespace, name } = report;
  const { dryRun, outcome, injections, codes, patched } = report;
  const ms = Math.round(milliseconds * 1000) / 1000;
  return {
    uid: uid.slice(0, LONGEST_NAME),
    operation: operation.slice(0, LONGEST_NAME),
    namespace: namespace.slice(0, LONGEST_NAME),
    name: name.slice(0, LONGEST_NAME),
    ...{ dryRun, outcome, injections, codes, patched, ms },
  };
}

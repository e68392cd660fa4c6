import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type Agent, request } from 'node:https';
import { json } from 'node:stream/consumers';

/** What a webhook answers: an AdmissionReview, or a Status where it could not review. */
export interface AdmissionAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly response?: AdmissionResponse;
    readonly message?: string;
  };
}

export interface AdmissionResponse {
  readonly uid: string;
  readonly allowed: boolean;
  /** JSON Patch as base64. */
  readonly patch?: string;
  readonly warnings?: readonly string[];
  readonly status?: { readonly message: string };
}

export interface Webhook {
  readonly port: number;
  /** PEM; the webhook's certificate is verified by it. */
  readonly ca: string;
  readonly agent?: Agent;
}

/** Calls a webhook on loopback as the API server does. */
export async function callWebhook(
  { port, ca, agent }: Webhook,
  review: object,
): Promise<AdmissionAnswer> {
  const sent = request({
    ...{ host: '127.0.0.1', port, ca, agent },
    method: 'POST',
    path: '/mutate?timeout=5s',
    headers: { 'content-type': 'application/json', 'user-agent': 'kube-apiserver-admission' },
  });
  sent.end(JSON.stringify(review));
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const body = (await json(answer)) as AdmissionAnswer['body'];
  return { status: answer.statusCode ?? 0, headers: answer.headers, body };
}

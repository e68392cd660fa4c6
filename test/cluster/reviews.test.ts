import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import t from 'tap';
import { EXAMPLE, exampleSet } from '../../examples/demo/example.ts';
import { type Fields, fields } from '../support/api-server/defaults.ts';
import { applied, reviewOfCreate } from '../support/api-server/review.ts';
import { startHttpsServer } from '../support/https-server.ts';
import { ControlPlane } from './control-plane.ts';

/** A webhook that allows everything and keeps what it is asked. */
const reviews: Fields[] = [];
const webhook = await startHttpsServer((request, response) => void answer(request, response));
t.teardown(() => webhook.stop());
const cluster = await ControlPlane.start();
t.teardown(() => cluster.stop());

const CONFIGURATION = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  metadata: { name: 'recorder' },
  webhooks: [
    {
      name: 'recorder.example.test',
      clientConfig: { url: webhook.url, caBundle: Buffer.from(webhook.ca).toString('base64') },
      rules: [
        {
          apiGroups: ['apps'],
          apiVersions: ['v1'],
          resources: ['statefulsets'],
          operations: ['CREATE'],
        },
      ],
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
    },
  ],
};

t.test('the reviews of demo and benchmark are those of a real API server', async (t) => {
  const path = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';
  await cluster.api.expect('POST', path, { body: CONFIGURATION });
  // Until the API server has read the configuration it calls nobody.
  while (reviews.length === 0) {
    t.match(await cluster.kubectl(['apply', '-f', EXAMPLE]), { code: 0 });
    if (reviews.length === 0) await cluster.kubectl(['delete', '-f', EXAMPLE]);
  }
  const real = reviews[0] ?? {};
  const { uid, userInfo, object } = fields(real.request);
  const [owner] = fields(fields(object).metadata).managedFields as readonly Fields[];
  const made = reviewOfCreate(applied(await exampleSet(), 'default', String(owner?.time)));
  const request = { ...fields(made.request), uid, userInfo };
  t.strictSame(withoutDots({ ...made, request }), withoutDots(real));
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { request: asked, ...review } = fields(await json(request));
  reviews.push({ ...review, request: asked });
  response.setHeader('content-type', 'application/json');
  const { uid } = fields(asked);
  response.end(JSON.stringify({ ...review, response: { uid, allowed: true } }));
}

/** Without the `.` of managedFields, which say of some maps that they exist themselves. */
function withoutDots(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDots);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '.')
      .map(([key, inner]) => [key, withoutDots(inner)]),
  );
}

import { SHIPPED_CONFIGURATION } from '../../../../webhook/core/configuration.ts';
import type { Context } from '../../../../webhook/core/context.ts';
import { review } from '../../../../webhook/core/review.ts';
import { EMPTY_VIEW } from '../../../../webhook/core/view.ts';
import type { Log } from '../../../../webhook/server/log.ts';
import { Metrics } from '../../../../webhook/server/metrics.ts';

/** An annotated StatefulSet with one claim template that chooses no class. */
export function statefulSet(
  annotations: Record<string, string> = { 'zonekeeper.io/inject': 'true' },
) {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'ledger', namespace: 'bank', annotations },
    spec: {
      replicas: 3,
      serviceName: 'ledger',
      selector: { matchLabels: { app: 'ledger' } },
      template: {
        metadata: { labels: { app: 'ledger' } },
        spec: { containers: [{ name: 'ledger', image: 'registry.example/ledger:1' }] },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '10Gi' } },
          },
        },
      ],
    },
  };
}

/** The review of a creation, as an API server sends it; `request` replaces parts of the request. */
export function reviewOf(object: unknown, request: object = {}) {
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: 'a7b1c5f0-0000-4000-8000-000000000001',
      kind: { group: 'apps', version: 'v1', kind: 'StatefulSet' },
      resource: { group: 'apps', version: 'v1', resource: 'statefulsets' },
      name: 'ledger',
      namespace: 'bank',
      operation: 'CREATE',
      dryRun: false,
      object,
      oldObject: null,
      ...request,
    },
  };
}

export const context: Context = {
  configuration: SHIPPED_CONFIGURATION,
  view: EMPTY_VIEW,
  now: 0,
  version: '0.0.0-test',
};

export interface Line {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: Record<string, unknown>;
  readonly message: string;
}

/** A log that keeps its lines. */
export function recordingLog(): Log & { readonly lines: Line[] } {
  const lines: Line[] = [];
  const at = (level: Line['level']) => (fields: object, message: string) => {
    lines.push({ level, fields: { ...fields }, message });
  };
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}

/** What a server needs, with the real core behind it. */
export function serverParts() {
  return {
    review: (body: unknown) => review(body, context),
    metrics: new Metrics('0.0.0-test'),
    log: recordingLog(),
    monotonic: () => performance.now(),
  };
}

/** The value of one series, named as it stands in the exposition. */
export async function series(metrics: Metrics, name: string): Promise<number | undefined> {
  const text = await metrics.registry.metrics();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length));
}

import { readCertificates } from '../../certs/inspect.ts';
import type { KubeObject } from '../controllers/objects.ts';
import type { MatchCondition, WebhookFacts, WebhookRule } from '../core/check/facts.ts';
import type { LabelSelector } from '../core/check/selector.ts';
import { WEBHOOK } from '../core/check/shipped-webhook.ts';

/** A MutatingWebhookConfiguration that holds zonekeeper's webhook. */
export interface FoundConfiguration {
  readonly facts: WebhookFacts;
  /** Of the release; absent where nothing tells it. */
  readonly namespace: string | undefined;
  /** Where the webhook is called instead of by a Service. */
  readonly url: string | undefined;
  /** PEM. */
  readonly caBundle: string;
}

interface Webhook {
  readonly name?: string;
  readonly failurePolicy?: string;
  readonly matchConditions?: readonly MatchCondition[];
  readonly rules?: readonly WebhookRule[];
  readonly namespaceSelector?: LabelSelector;
  readonly clientConfig?: {
    readonly caBundle?: string;
    readonly url?: string;
    readonly service?: { readonly namespace?: string };
  };
}

/** Helm writes it on every object of a release. */
const RELEASE_NAMESPACE = 'meta.helm.sh/release-namespace';

/** What the object says of zonekeeper's webhook; `undefined` if it has none. */
export function foundConfiguration(object: KubeObject): FoundConfiguration | undefined {
  const { metadata, webhooks = [] } = object as {
    readonly metadata?: { name?: string; annotations?: Readonly<Record<string, string>> };
    readonly webhooks?: readonly Webhook[];
  };
  const webhook = webhooks.find(({ name }) => name === WEBHOOK);
  if (webhook === undefined) return undefined;
  const { caBundle = '', url, service } = webhook.clientConfig ?? {};
  const pem = Buffer.from(caBundle, 'base64').toString();
  return {
    namespace: service?.namespace ?? metadata?.annotations?.[RELEASE_NAMESPACE],
    url,
    caBundle: pem,
    facts: {
      name: metadata?.name ?? '',
      failurePolicy: webhook.failurePolicy ?? 'Fail',
      matchConditions: webhook.matchConditions ?? [],
      rules: webhook.rules ?? [],
      namespaceSelector: webhook.namespaceSelector ?? {},
      authorityEnds: readCertificates(pem).map(({ validToDate }) => validToDate.getTime()),
    },
  };
}

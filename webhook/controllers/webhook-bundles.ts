import type { KubeObject } from './objects.ts';

/** What a MutatingWebhookConfiguration says of each of its webhooks, by name. */
export interface WebhookBundles {
  readonly resourceVersion: string;
  /** PEM; empty where there is none. */
  readonly bundles: ReadonlyMap<string, string>;
}

interface Configuration extends KubeObject {
  readonly webhooks?: readonly {
    readonly name: string;
    readonly clientConfig?: { readonly caBundle?: string };
  }[];
}

export function webhookBundles(object: KubeObject): WebhookBundles {
  const { metadata, webhooks = [] } = object as Configuration;
  return {
    resourceVersion: metadata?.resourceVersion ?? '',
    bundles: new Map(
      webhooks.map(({ name, clientConfig }) => [
        name,
        Buffer.from(clientConfig?.caBundle ?? '', 'base64').toString(),
      ]),
    ),
  };
}

/**
 * What to apply so that every webhook of the configuration has this bundle. Nothing else is named, so nothing else is
 * owned; the resourceVersion keeps server-side apply from creating a configuration that is gone.
 */
export function bundleApplyConfiguration(
  name: string,
  { resourceVersion, bundles }: WebhookBundles,
  caBundle: string,
): object {
  const encoded = Buffer.from(caBundle).toString('base64');
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name, resourceVersion },
    webhooks: [...bundles.keys()].map((webhook) => ({
      name: webhook,
      clientConfig: { caBundle: encoded },
    })),
  };
}

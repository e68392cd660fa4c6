import { parseConfigurationText } from '../config-file.ts';
import type { KubeObject } from '../controllers/objects.ts';
import type { ClusterFacts, DeploymentFacts } from '../core/check/facts.ts';
import { WEBHOOK } from '../core/check/shipped-webhook.ts';
import { sentence } from '../core/problems.ts';
import type { Lookup } from './lookup.ts';
import { CONFIG_MAPS, DEPLOYMENTS, WEBHOOK_CONFIGURATIONS } from './resources.ts';
import { servedCertificate } from './served-certificate.ts';
import { type FoundConfiguration, foundConfiguration } from './webhook-configuration.ts';

/** The installation of zonekeeper, as far as it can be read. */
export interface Installation {
  readonly webhooks: ClusterFacts['webhooks'];
  readonly deployment: DeploymentFacts | undefined;
  readonly configuration: ClusterFacts['configuration'];
  /** Of the webhook, for a set that names an image the cluster has. */
  readonly image: string | undefined;
}

export async function readInstallation(lookup: Lookup, now: number): Promise<Installation> {
  const lost = 'whether the webhook is installed as it should be';
  const objects = await lookup.list({ resource: WEBHOOK_CONFIGURATIONS, lost });
  if (objects === undefined || objects === 'absent') {
    return { ...NOTHING, configuration: { unknown: 'the webhook was not found' } };
  }
  const found = objects.flatMap((object) => foundConfiguration(object) ?? []);
  const webhooks = await Promise.all(found.map((one) => withServed(one, now)));
  const [first] = found;
  if (first === undefined) {
    return { ...NOTHING, webhooks, configuration: { unknown: `there is no webhook ${WEBHOOK}` } };
  }
  const [deployed, configuration] = await Promise.all([
    readDeployment(lookup, first),
    readConfiguration(lookup, first),
  ]);
  return { webhooks, configuration, deployment: deployed?.facts, image: deployed?.image };
}

const NOTHING = { webhooks: undefined, deployment: undefined, image: undefined };

async function withServed({ facts, url, caBundle }: FoundConfiguration, now: number) {
  const served = url === undefined ? undefined : await servedCertificate(url, caBundle, now);
  return { ...facts, ...(served && { served }) };
}

interface Deployment extends KubeObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly template?: { readonly spec?: { readonly containers?: readonly { image?: string }[] } };
  };
  readonly status?: { readonly readyReplicas?: number };
}

/** The Deployment carries the name of the configuration; outside the cluster there is none. */
async function readDeployment(
  lookup: Lookup,
  { facts: { name }, namespace, url }: FoundConfiguration,
): Promise<{ facts: DeploymentFacts; image: string | undefined } | undefined> {
  if (namespace === undefined || url !== undefined) return undefined;
  const lost = 'whether its replicas are ready';
  const object = await lookup.get({ resource: DEPLOYMENTS, namespace, lost }, name);
  if (object === undefined) return undefined;
  const { spec, status } = object === 'absent' ? ({} as Deployment) : (object as Deployment);
  const ready = status?.readyReplicas ?? 0;
  return {
    facts: { namespace, name, ready, wanted: spec?.replicas ?? 1 },
    image: spec?.template?.spec?.containers?.[0]?.image,
  };
}

/** The ConfigMap carries the name of the configuration, too. */
async function readConfiguration(
  lookup: Lookup,
  { facts: { name }, namespace }: FoundConfiguration,
): Promise<ClusterFacts['configuration']> {
  if (namespace === undefined) return { unknown: 'its namespace is not known' };
  const title = `ConfigMap ${namespace}/${name}`;
  const lost = 'what the profiles say';
  const object = await lookup.get({ resource: CONFIG_MAPS, namespace, lost }, name);
  if (object === undefined) return { unknown: `${title} cannot be read` };
  if (object === 'absent') return { unknown: `there is no ${title}` };
  const text = (object as { data?: { 'config.yaml'?: string } }).data?.['config.yaml'];
  if (text === undefined) return { unknown: `${title} has no config.yaml` };
  const parsed = parseConfigurationText(text, title);
  if (parsed.problems === undefined) return parsed.configuration;
  return { unknown: parsed.problems.map(sentence).join('; ') };
}

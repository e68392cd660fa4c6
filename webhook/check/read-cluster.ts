import { type Kube, kubeWith } from '../controllers/kube.ts';
import { KubeError } from '../controllers/kube-error.ts';
import type { KubeconfigAccess } from '../controllers/kubeconfig.ts';
import { parseVersion } from '../controllers/server-version.ts';
import type { ClusterFacts, ClusterQuery, ReadCluster } from '../core/check/facts.ts';
import { type Configuration, SHIPPED_CONFIGURATION } from '../core/configuration.ts';
import { problem } from '../core/problems.ts';
import type { ClusterVersion } from '../core/view.ts';
import { access, type KubeconfigPlaces } from './connect.ts';
import { readInstallation } from './installation.ts';
import { given, Lookup } from './lookup.ts';
import { readLeases, readPlatform } from './platform.ts';
import { probe } from './probe.ts';
import { readWorkloads } from './workloads.ts';

/**
 * Reads all that a check judges. What the account may not look at is left out and told; only where no API server answers
 * nothing is read. Stores nothing: the one write is a dry run.
 */
export async function readCluster(
  query: ClusterQuery,
  places: KubeconfigPlaces,
  now: number,
): Promise<ReadCluster> {
  try {
    const way = await access({ ...places, named: query.kubeconfig }, query.context);
    const namespace = query.allNamespaces
      ? undefined
      : (query.namespace ?? way.namespace ?? 'default');
    const facts = await readFacts(way, namespace, query.configuration, now);
    return { facts, ...(namespace !== undefined && { namespace }) };
  } catch (error) {
    return { unreachable: problem('ZK703', { detail: detailOf(error) }) };
  }
}

async function readFacts(
  way: KubeconfigAccess,
  namespace: string | undefined,
  named: Configuration | undefined,
  now: number,
): Promise<ClusterFacts> {
  const kube = kubeWith(way);
  // Alone at first: what keeps it from being answered keeps all else, too.
  const version = await readVersion(kube);
  const lookup = new Lookup(kube);
  const [installation, platform, workloads] = await Promise.all([
    readInstallation(lookup, now),
    readPlatform(lookup),
    readWorkloads(lookup, namespace),
  ]);
  const { webhooks, deployment, image } = installation;
  const { storageClasses, drivers, namespaces } = platform;
  const { claims, secretProviderClasses, ...sets } = workloads;
  const configuration = named ?? installation.configuration;
  const profiles = 'unknown' in configuration ? SHIPPED_CONFIGURATION : configuration;
  const [leases, probed] = await Promise.all([
    readLeases(lookup, profiles),
    probe(way, { namespace: namespace ?? 'default', namespaces, webhooks, image }),
  ]);
  return {
    ...sets,
    configuration,
    view: {
      ...given('version', version),
      ...given('storageClasses', storageClasses),
      ...given('leases', leases),
      ...given('claims', claims),
      ...given('secretProviderClasses', secretProviderClasses),
    },
    ...given('webhooks', webhooks),
    ...given('deployment', deployment),
    ...given('probe', probed),
    ...given('drivers', drivers),
    ...given('namespaces', namespaces),
    unseen: lookup.unseen,
  };
}

/** Undefined where the account may not even ask for it, or gets something else. */
async function readVersion(kube: Kube): Promise<ClusterVersion | undefined> {
  try {
    return parseVersion(await kube.request({ method: 'GET', path: '/version' }));
  } catch (error) {
    if (error instanceof KubeError && error.status === 403) return undefined;
    throw error;
  }
}

/** Of several addresses that were tried, Node tells no message but a code. */
function detailOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return message || code || String(error);
}

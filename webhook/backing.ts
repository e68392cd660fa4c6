import { folderSource } from '../certs/folder-source.ts';
import { serviceHosts } from '../certs/hosts.ts';
import { secretSource } from '../certs/secret-source.ts';
import type { CertSource } from '../certs/source.ts';
import type { Surroundings } from '../certs/surroundings.ts';
import type { ClusterSettings, LocalSettings } from './config.ts';
import { caBundleKeeper } from './controllers/ca-bundle.ts';
import { clusterViewKeeper } from './controllers/cluster-view.ts';
import { connectKube } from './controllers/kube.ts';
import { kubeSecretStore } from './controllers/secret-store.ts';
import type { Configuration } from './core/configuration.ts';
import { type ClusterView, EMPTY_VIEW } from './core/view.ts';

/** What stands behind the server: where its certificate comes from and what is known of a cluster. */
export interface Backing {
  readonly certificates: CertSource;
  /** What is known at this moment; cheap. */
  readonly view: () => ClusterView;
  /** Why the API server would not trust that certificate (PEM); `undefined` if it does. */
  readonly distrust: (certificate: string) => string | undefined;
  /** To be called whenever another certificate is served. */
  readonly certificateChanged: () => void;
  /** Keeps all of it up to date until the signal aborts; never rejects. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

/** A folder of certificates for loopback, and no cluster. */
export function localBacking(
  { certDir }: LocalSettings,
  sans: readonly string[],
  surroundings: Surroundings,
): Backing {
  return {
    certificates: folderSource({ folder: certDir, hosts: [...LOOPBACK, ...sans] }, surroundings),
    view: () => EMPTY_VIEW,
    distrust: () => undefined,
    certificateChanged: () => {},
    run: async () => {},
  };
}

/** A Secret of certificates, the caBundle of the webhook configuration, and a view kept by watches. */
export async function clusterBacking(
  settings: ClusterSettings,
  sans: readonly string[],
  configuration: Configuration,
  surroundings: Surroundings,
): Promise<Backing> {
  const { service, namespace, clusterDomain, secret, webhookConfiguration } = settings;
  const kube = await connectKube(settings);
  const store = kubeSecretStore(kube, { namespace, name: secret }, surroundings);
  const hosts = [...serviceHosts(service, namespace, clusterDomain), ...sans];
  const certificates = secretSource({ store, hosts }, surroundings);
  const bundle = caBundleKeeper(
    kube,
    { name: webhookConfiguration, source: certificates },
    surroundings,
  );
  const leases = { leaseNamespaces: leaseNamespaces(configuration) };
  const views = clusterViewKeeper(kube, leases, surroundings);
  const DISTRUST = {
    trusted: undefined,
    untrusted: `the caBundle of MutatingWebhookConfiguration "${webhookConfiguration}" does not verify the served certificate yet`,
    absent: `there is no MutatingWebhookConfiguration "${webhookConfiguration}"`,
    unknown: `MutatingWebhookConfiguration "${webhookConfiguration}" has not been read yet`,
  } as const;
  return {
    certificates,
    view: () => views.view(),
    distrust: (certificate) => DISTRUST[bundle.trust(certificate)],
    certificateChanged: () => bundle.refresh(),
    run: async (signal) => {
      await Promise.all([bundle.run(signal), views.run(signal)]);
    },
  };
}

/** Where the Leases of the configured schedulers are; the chart grants reading them by the same rule. */
function leaseNamespaces({ profiles }: Configuration): string[] {
  const named = Object.values(profiles).flatMap(({ schedulerLease }) => schedulerLease ?? []);
  return [...new Set(['kube-system', ...named.map(({ namespace }) => namespace)])];
}

import type { ServingCertificate } from '../certs/source.ts';
import type { Surroundings } from '../certs/surroundings.ts';
import type { Backing } from './backing.ts';
import { clusterCertificates } from './cluster-certificates.ts';
import type { ClusterSettings } from './config.ts';
import { type CaBundleKeeper, caBundleKeeper } from './controllers/ca-bundle.ts';
import { clusterViewKeeper } from './controllers/cluster-view.ts';
import { connectKube } from './controllers/kube.ts';
import { PermissionCheck } from './controllers/permission-check.ts';
import { neededPermissions, permissionText } from './controllers/permissions.ts';
import type { Configuration } from './core/configuration.ts';

/**
 * A certificate from where the settings say, the caBundle of the webhook configuration, and a view kept by watches.
 * Rejects if the configuration of the API server's client cannot be read; one that does not answer is waited for.
 */
export async function clusterBacking(
  settings: ClusterSettings,
  sans: readonly string[],
  configuration: Configuration,
  surroundings: Surroundings,
): Promise<Backing> {
  const kube = await connectKube(settings);
  const certificates = clusterCertificates({
    kube,
    settings,
    sans,
    isPublished: (authority) => bundle.isPublished(authority),
    surroundings,
  });
  const { source } = certificates;
  const bundle: CaBundleKeeper = caBundleKeeper(
    kube,
    { name: settings.webhookConfiguration, source },
    surroundings,
  );
  const leases = leaseNamespaces(configuration);
  const views = clusterViewKeeper(kube, { leaseNamespaces: leases }, surroundings);
  const permissions = permissionsOf(settings, leases);
  const check = new PermissionCheck(kube, permissions, surroundings);
  return {
    certificates: source,
    view: () => views.view(),
    distrust: (certificate) => distrust(bundle, settings, certificate),
    isInSync: ({ cert, caBundle }) =>
      bundle.trust(cert) === 'trusted' && (caBundle === '' || bundle.inSync()),
    authorityExpiry: ({ cert }) => bundle.authorityExpiry(cert),
    lacks: () => lacks(check),
    missingPermissions: () => check.missing?.length ?? 0,
    certificateChanged: () => bundle.refresh(),
    run: async (signal) => {
      const parts = [certificates, bundle, views, check];
      await Promise.all(parts.map((part) => part.run(signal)));
    },
  };
}

function permissionsOf(
  { namespace, certificates, webhookConfiguration }: ClusterSettings,
  leaseNamespaces: readonly string[],
) {
  const { mode } = certificates;
  const writesCaBundle = mode !== 'cert-manager';
  const issuing = mode === 'self' ? { issuing: certificates } : {};
  return neededPermissions({
    namespace,
    ...issuing,
    webhookConfiguration,
    writesCaBundle,
    leaseNamespaces,
  });
}

/** A rollout stops at a replica that was never allowed enough; one that was is not taken out of service for it later. */
function lacks(check: PermissionCheck): string | undefined {
  const missing = check.wasComplete
    ? []
    : (check.missing ?? []).filter(({ essential }) => essential);
  if (missing.length === 0) return undefined;
  return `the ServiceAccount may not ${missing.map(permissionText).join('; ')}`;
}

function distrust(
  bundle: CaBundleKeeper,
  { certificates, webhookConfiguration }: ClusterSettings,
  { cert, caBundle }: ServingCertificate,
): string | undefined {
  const trust = bundle.trust(cert);
  if (trust === 'trusted') return undefined;
  const configuration = `MutatingWebhookConfiguration "${webhookConfiguration}"`;
  if (trust === 'absent') return `there is no ${configuration}`;
  if (trust === 'unknown') return `${configuration} has not been read yet`;
  if (certificates.mode === 'secret' && caBundle === '') {
    return 'ca.crt is missing: put it into the Secret or set certs.caBundle';
  }
  return `the caBundle of ${configuration} does not verify the served certificate yet`;
}

/** Where the Leases of the configured schedulers are; the chart grants reading them by the same rule. */
function leaseNamespaces({ profiles }: Configuration): string[] {
  const named = Object.values(profiles).flatMap(({ schedulerLease }) => schedulerLease ?? []);
  return [...new Set(['kube-system', ...named.map(({ namespace }) => namespace)])];
}

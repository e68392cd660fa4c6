import type { X509Certificate } from 'node:crypto';
import { givenSource } from '../certs/given-source.ts';
import { serviceHosts } from '../certs/hosts.ts';
import { mountedStore } from '../certs/mounted-store.ts';
import { POLICY } from '../certs/plan.ts';
import { secretSource } from '../certs/secret-source.ts';
import type { CertSource } from '../certs/source.ts';
import type { Surroundings } from '../certs/surroundings.ts';
import type { GivenSettings, IssuingSettings } from './certificate-settings.ts';
import type { ClusterSettings } from './config.ts';
import type { Kube } from './controllers/kube.ts';
import { electLeader } from './controllers/leader.ts';
import { kubeSecretStore } from './controllers/secret-store.ts';
import { keptObjects, leaseOf } from './kept-objects.ts';

export interface ClusterCertificateOptions {
  readonly kube: Kube;
  readonly settings: ClusterSettings;
  /** Host names and IP addresses besides those of the Service. */
  readonly sans: readonly string[];
  /** Does the API server trust this CA at this moment? Before that no leaf is signed with it. */
  readonly isPublished: (authority: X509Certificate) => boolean;
  readonly surroundings: Surroundings;
}

/** Where the certificate of a replica comes from, and what has to run for that besides. */
export interface ClusterCertificates {
  readonly source: CertSource;
  /** Resolves when the signal aborts; never rejects. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

export function clusterCertificates(options: ClusterCertificateOptions): ClusterCertificates {
  const { certificates } = options.settings;
  return certificates.mode === 'self'
    ? issued(certificates, options)
    : given(certificates, options);
}

function issued(
  { secret, lease, caOverlap }: IssuingSettings,
  { kube, settings, sans, isPublished, surroundings }: ClusterCertificateOptions,
): ClusterCertificates {
  const { namespace, service, clusterDomain } = settings;
  const kept = keptObjects(settings);
  const leader = electLeader(kube, leaseOf(lease, settings), surroundings);
  const store = kubeSecretStore(kube, { ...kept, name: secret }, surroundings);
  const hosts = [...serviceHosts(service, namespace, clusterDomain), ...sans];
  const settleFor = caOverlap * 1000;
  const publishFor = Math.min(POLICY.publishFor, settleFor);
  const policy = { ...POLICY, publishFor, settleFor };
  const mayRotate = () => leader.isLeader();
  return {
    source: secretSource({ store, hosts, policy, mayRotate, isPublished }, surroundings),
    run: (signal) => leader.run(signal),
  };
}

/** The API server calls the Service by one of its names only, so the others need not be in a certificate. */
function given(
  { mode, tlsDir }: GivenSettings,
  { settings, sans, surroundings }: ClusterCertificateOptions,
): ClusterCertificates {
  const { namespace, service } = settings;
  const hosts = sans.length > 0 ? sans : [`${service}.${namespace}.svc`];
  const store = mountedStore(tlsDir, surroundings.clock);
  const publishes = mode === 'secret';
  return {
    source: givenSource({ store, hosts, publishes }, surroundings),
    run: async () => {},
  };
}

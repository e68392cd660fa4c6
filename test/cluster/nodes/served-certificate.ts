import { once } from 'node:events';
import { connect } from 'node:tls';
import type { Api } from '../api.ts';
import { until } from '../until.ts';
import { webhookPods } from './installed.ts';

/** Those of the chart. */
const PORT = 8443;
const OPS_PORT = 8444;

/** A mounted Secret reaches a Pod with the kubelet's next look at it, once in 60 to 90 s. */
export const MOUNT_TIMEOUT = 180_000;

/** Resolves when what every webhook Pod serves is the awaited, by its SHA-256 fingerprint. */
export async function untilServed(
  api: Api,
  awaited: string,
  isIt: (fingerprint: string) => boolean,
): Promise<void> {
  await until(
    awaited,
    async () => {
      const served = await servedCertificates(api);
      return served.length > 0 && served.every(isIt);
    },
    MOUNT_TIMEOUT,
  );
}

/** The SHA-256 fingerprint of the certificate that each webhook Pod shows to whoever calls it. */
export async function servedCertificates(api: Api): Promise<string[]> {
  const pods = await webhookPods(api);
  return Promise.all(pods.map(({ status }) => fingerprintAt(status.podIP ?? '')));
}

/** What each webhook Pod answers to a scrape. */
export async function metricsOf(api: Api): Promise<string[]> {
  const pods = await webhookPods(api);
  return Promise.all(
    pods.map(async ({ status }) => {
      return (await fetch(`http://${status.podIP}:${OPS_PORT}/metrics`)).text();
    }),
  );
}

async function fingerprintAt(host: string): Promise<string> {
  // Whoever calls a Pod by its address wants to see the certificate, not to trust it.
  const socket = connect({ host, port: PORT, rejectUnauthorized: false });
  try {
    await once(socket, 'secureConnect');
    return socket.getPeerX509Certificate()?.fingerprint256 ?? '';
  } finally {
    socket.destroy();
  }
}

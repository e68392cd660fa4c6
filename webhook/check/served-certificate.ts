import { once } from 'node:events';
import { connect } from 'node:tls';
import { verifies } from '../../certs/inspect.ts';
import type { ServedFacts } from '../core/check/facts.ts';

const TIMEOUT = 5_000;

/**
 * The certificate that a server outside the cluster shows, and whether the bundle verifies it; `undefined` if it cannot be
 * reached from here, which says nothing of the API server.
 */
export async function servedCertificate(
  url: string,
  caBundle: string,
  now: number,
): Promise<ServedFacts | undefined> {
  if (!URL.canParse(url)) return undefined;
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  // It is looked at, not trusted: nothing is sent.
  const socket = connect({ host, port: Number(port || 443), rejectUnauthorized: false });
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(TIMEOUT) });
    const certificate = socket.getPeerX509Certificate();
    if (certificate === undefined) return undefined;
    const trusted = verifies(`${certificate}`, caBundle, now);
    return { url, ends: certificate.validToDate.getTime(), trusted };
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

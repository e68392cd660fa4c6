import dns from 'node:dns';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** How this process gets to a local server under the names of real ones. */
export type Way =
  /** Through a proxy, under their own ports. */
  | 'proxy'
  /** Directly, with names that lead to this machine, under another port. */
  | 'direct';

/** Trusts the authority; returns how to stop that, as the next ones do. */
export function trust(ca: string): () => void {
  const trusted = getCACertificates();
  setDefaultCACertificates([...trusted, ca]);
  return () => setDefaultCACertificates(trusted);
}

/** Leads clients that honour HTTPS_PROXY there; returns how to stop that. */
export function goThrough(proxy: string): () => void {
  const { HTTPS_PROXY, NO_PROXY } = process.env;
  process.env.HTTPS_PROXY = proxy;
  delete process.env.NO_PROXY;
  return () => {
    for (const [name, value] of Object.entries({ HTTPS_PROXY, NO_PROXY })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}

/** Leads these names to this machine, as /etc/hosts would, and nobody through a proxy; returns how to stop that. */
export function resolveHere(hosts: readonly string[]): () => void {
  const { lookup } = dns;
  const { HTTPS_PROXY } = process.env;
  delete process.env.HTTPS_PROXY;
  const here = (host: string, ...rest: unknown[]): unknown =>
    Reflect.apply(lookup, dns, [hosts.includes(host) ? '127.0.0.1' : host, ...rest]);
  dns.lookup = here as typeof lookup;
  return () => {
    dns.lookup = lookup;
    if (HTTPS_PROXY !== undefined) process.env.HTTPS_PROXY = HTTPS_PROXY;
  };
}

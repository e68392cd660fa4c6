/** What the sidecar does when secrets have changed and the environment file is new. */
export type Rotation =
  | { readonly action: 'none' }
  | { readonly action: 'restart' }
  | { readonly action: 'http'; readonly url: string };

const LONGEST_URL = 1024;

/** `none`, `restart`, or `http=` and a URL of the pod's own loopback; `undefined` for anything else. */
export function parseRotation(text: string): Rotation | undefined {
  if (text === 'none' || text === 'restart') return { action: text };
  if (!text.startsWith('http=')) return undefined;
  const url = text.slice('http='.length);
  return url.length <= LONGEST_URL && isLoopback(url) ? { action: 'http', url } : undefined;
}

/** The host is compared as the URL standard reads it, so that no other way to write an address gets past. */
function isLoopback(text: string): boolean {
  if (/\s/.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password, hash } = new URL(text);
  return (
    protocol === 'http:' &&
    /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname) &&
    username + password + hash === ''
  );
}

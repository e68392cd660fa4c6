import { readFile, writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import type { Pki } from './pki.ts';

/** Writes a kubeconfig file that holds everything itself, for one identity of the PKI. */
export async function writeKubeconfig(
  file: string,
  server: string,
  pki: Pki,
  identity: string,
): Promise<void> {
  const base64 = async (name: string): Promise<string> =>
    (await readFile(pki.file(name))).toString('base64');
  const user = {
    'client-certificate-data': await base64(`${identity}.crt`),
    'client-key-data': await base64(`${identity}.key`),
  };
  const cluster = { server, 'certificate-authority-data': await base64('ca.crt') };
  const name = 'zonekeeper-test';
  const content = stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster }],
    users: [{ name: identity, user }],
    contexts: [{ name, context: { cluster: name, user: identity } }],
    'current-context': name,
  });
  await writeFile(file, content, { mode: 0o600 });
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Access } from './access.ts';

/** Where the kubelet mounts token and CA of the pod's ServiceAccount. */
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** By its DNS name, which its certificate always has. */
const SERVER = 'https://kubernetes.default.svc';

/**
 * Access by the ServiceAccount of the pod. The kubelet renews token and CA in place, so both are read for each request.
 * Done without client-node, which takes 25 MB more: every replica would pay for ways to authenticate that no pod uses.
 */
export function inClusterAccess(server = SERVER, folder = SERVICE_ACCOUNT): Access {
  const read = (name: string) => readFile(path.join(folder, name), 'utf8');
  return {
    server: new URL(server),
    options: async () => {
      const [token, ca] = await Promise.all([read('token'), read('ca.crt')]);
      return { ca, headers: { authorization: `Bearer ${token.trim()}` } };
    },
    refused: () => {},
  };
}

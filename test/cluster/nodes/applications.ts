import { stringify } from 'yaml';
import { BUSYBOX_IMAGE } from './images.ts';

/** Where applications get their secrets from. */
export const VAULT = 'contoso-prod';

export const CLIENT = '00000000-0000-0000-0000-000000000001';
export const TENANT = '00000000-0000-0000-0000-000000000002';

/** What a set says that lists secrets of the vault. */
export const ASKING = {
  'zonekeeper.io/key-vault': VAULT,
  'zonekeeper.io/client-id': CLIENT,
  'zonekeeper.io/tenant-id': TENANT,
};

/** Longer than any test waits: a Pod that is gone before has ended by itself. */
const GRACE_SECONDS = 600;

export type Application = {
  readonly name: string;
  /** Besides the one that opts in. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** What the shell of each container runs; the first container is called `app`. */
  readonly containers: Readonly<Record<string, string>>;
  readonly initContainers?: Readonly<Record<string, string>>;
  /** Of the pod's security context, besides what Pod Security `restricted` demands. */
  readonly securityContext?: object;
  /** Of the pod's spec, besides all this. */
  readonly podSpec?: object;
};

/** A StatefulSet of one Pod that reads secrets of the vault. Pod Security `restricted` accepts it. */
export function application(given: Application): object {
  const { name, annotations = {}, containers, initContainers = {}, securityContext = {} } = given;
  const labels = { app: name };
  return {
    metadata: { name, annotations: { 'zonekeeper.io/inject': 'true', ...annotations } },
    spec: {
      replicas: 1,
      serviceName: name,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          ...given.podSpec,
          terminationGracePeriodSeconds: GRACE_SECONDS,
          securityContext: { ...RESTRICTED_POD, ...securityContext },
          initContainers: Object.entries(initContainers).map(container),
          containers: Object.entries(containers).map(container),
        },
      },
    },
  };
}

/** Prints variables as they are at once, goes on running and ends when it is told to, with these last words. */
export function printing(source: string, variable: string, lastWords = ':'): string {
  return `${source}
printf 'started with %s\\n' "$${variable}"
trap '${lastWords}; exit 0' TERM
while :; do sleep 1 & wait $!; done`;
}

/** Answers each request to `/cgi-bin/rotated` of port 8080 of the Pod by printing its body. */
export const LISTENING = `mkdir -p /tmp/www/cgi-bin
printf '#!/bin/sh\\ncat >&2\\necho >&2\\nprintf "Status: 204 No Content\\\\r\\\\n\\\\r\\\\n"\\n' > /tmp/www/cgi-bin/rotated
chmod +x /tmp/www/cgi-bin/rotated
trap 'exit 0' TERM
httpd -f -p 127.0.0.1:8080 -h /tmp/www &
wait $!`;

const RESTRICTED_POD = {
  runAsNonRoot: true,
  runAsUser: 1000,
  runAsGroup: 1000,
  seccompProfile: { type: 'RuntimeDefault' },
};

function container([name, script]: readonly [string, string]): object {
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
  return { name, image: BUSYBOX_IMAGE, command: ['sh', '-c', script], securityContext };
}

/** A SecretProviderClass of somebody else that reads these secrets of the vault. */
export function secretClass(name: string, secrets: readonly string[]): object {
  const objects = secrets.map((secret) => `objectName: ${secret}\nobjectType: secret\n`);
  return {
    apiVersion: 'secrets-store.csi.x-k8s.io/v1',
    kind: 'SecretProviderClass',
    metadata: { name },
    spec: {
      provider: 'azure',
      parameters: {
        keyvaultName: VAULT,
        clientID: CLIENT,
        tenantID: TENANT,
        objects: stringify({ array: objects }),
      },
    },
  };
}

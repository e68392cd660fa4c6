import type { Container, PodSpec } from '../statefulset.ts';
import { LISTS } from './mounts.ts';

/** The user of the sidecar's image; where a pod runs as root, the sidecar still must not. */
const IMAGE_USER = 65532;

/**
 * The user that a sidecar beside these containers must name; `undefined`: none, so that it gets the pod's, the image's or
 * that of an OpenShift range. Where all containers run as one user it is that one too: the kubelet keeps the token of the
 * service account from others only then (Kubernetes 1.36, pkg/volume/util FsUserFrom).
 */
export function sidecarUser(spec: PodSpec): number | undefined {
  const pod = spec.securityContext?.runAsUser ?? undefined;
  const users = new Set(LISTS.flatMap((list) => spec[list] ?? []).map((one) => userOf(one, pod)));
  const [only] = users;
  const agreed = users.size === 1 ? only : undefined;
  if (agreed !== undefined && agreed !== 0) return agreed === pod ? undefined : agreed;
  return pod === 0 ? IMAGE_USER : undefined;
}

function userOf({ securityContext }: Container, pod: number | undefined): number | undefined {
  return securityContext?.runAsUser ?? pod;
}

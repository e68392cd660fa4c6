import { SIDECAR_NAME } from '../../../sidecar/contract.ts';
import { LISTS } from '../inject/mounts.ts';
import type { SecretsEntry } from '../inject/secrets.ts';
import { type Problem, problem } from '../problems.ts';
import type { Container, PodSpec, SecurityContext } from '../statefulset.ts';
import type { MountedObject } from '../view.ts';
import type { Inspected } from './inspected.ts';

/**
 * Files of existing classes that a container cannot read: they belong to root, whatever the pod's fsGroup is
 * (secrets-store-csi-driver-provider-azure#938). One warning for each container and class.
 */
export function inspectFileModes({ namespace, context, parts }: Inspected): Problem[] {
  const { secretProviderClasses: known } = context.view;
  if (known === undefined) return [];
  const { secrets, containers } = parts.marker ?? {};
  const { spec } = parts.template;
  const mounting = LISTS.flatMap((list) => spec[list] ?? []).filter(
    ({ name }) => containers === undefined || [SIDECAR_NAME, ...containers].includes(name),
  );
  return (secrets ?? []).flatMap((entry) => {
    const { objects } = known.get(`${namespace}/${entry.class}`) ?? {};
    return (objects ?? []).length > 0
      ? mounting.flatMap((container) => unreadable(spec, container, entry, objects ?? []))
      : [];
  });
}

function unreadable(
  { securityContext }: PodSpec,
  { name: container, securityContext: own }: Container,
  entry: SecretsEntry,
  objects: readonly MountedObject[],
): Problem[] {
  const user = { ...securityContext, ...own };
  const found = objects.find(({ mode }) => mode !== undefined && !isReadable(mode, user));
  if (found?.mode === undefined) return [];
  const { file } = found;
  const mode = found.mode.toString(8).padStart(4, '0');
  return [problem('ZK231', { container, class: entry.class, file, mode })];
}

/** A container whose user is not told may be root, and one whose group is not told may be in root's. */
function isReadable(
  mode: number,
  { runAsUser, runAsGroup, runAsNonRoot }: SecurityContext,
): boolean {
  const nonRoot = runAsUser == null ? runAsNonRoot === true : runAsUser > 0;
  const byGroup = (mode & 0o040) !== 0 && !(runAsGroup != null && runAsGroup > 0);
  return !nonRoot || byGroup || (mode & 0o004) !== 0;
}

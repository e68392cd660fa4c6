import { SECRETS_STORE_DRIVER } from '../../../sidecar/contract.ts';
import { LISTS } from '../inject/mounts.ts';
import { type Problem, problem } from '../problems.ts';
import type { PodSpec } from '../statefulset.ts';
import type { Inspected } from './inspected.ts';

/** What the template does itself with the classes that are mounted: mounts them again, or in a way that never changes. */
export function inspectSecretMounts({ parts }: Inspected): Problem[] {
  const entries = parts.marker?.secrets ?? [];
  const { spec } = parts.template;
  const ours = new Set(entries.map(({ volume }) => volume));
  const classes = new Set(entries.map((entry) => entry.class));
  return [...mountedTwice(spec, ours, classes), ...withSubPath(spec, ours)];
}

function mountedTwice(
  { volumes }: PodSpec,
  ours: ReadonlySet<string>,
  classes: ReadonlySet<string>,
): Problem[] {
  return (volumes ?? []).flatMap(({ name: volume, csi }) => {
    const name = csi?.volumeAttributes?.secretProviderClass;
    const twice = csi?.driver === SECRETS_STORE_DRIVER && name != null && classes.has(name);
    return twice && !ours.has(volume) ? [problem('ZK229', { volume, class: name })] : [];
  });
}

function withSubPath(spec: PodSpec, ours: ReadonlySet<string>): Problem[] {
  return LISTS.flatMap((list) => spec[list] ?? []).flatMap(({ name: container, volumeMounts }) =>
    (volumeMounts ?? [])
      .filter(({ name, subPath, subPathExpr }) => ours.has(name) && (subPath || subPathExpr))
      .map(({ name: volume }) => problem('ZK230', { container, volume })),
  );
}

import { stringify } from 'yaml';
import { type ClaimEntries, claimName } from '../inject/storage.ts';
import { listed, problem } from '../problems.ts';
import type { StatefulSet } from '../statefulset.ts';
import { about, type CheckFinding } from './finding.ts';
import type { SetState } from './set-state.ts';

/**
 * What must be done before zonekeeper goes: manifests that name no class of a claim template are refused by the API server
 * then, because it sees the stored class taken out of an immutable field.
 */
export function uninstallFindings(state: SetState): CheckFinding[] {
  const { set, namespace, name, manifest, marker } = state;
  const { error, warning } = about({ kind: 'StatefulSet', namespace, name });
  if (manifest !== undefined) {
    const lacking = classesLacking(manifest, set);
    return findingOf(lacking, (claims) => error(problem('ZK742', { claims })));
  }
  const given = marker?.offline ? {} : (marker?.claims ?? {});
  return findingOf(given, (claims) => warning(problem('ZK743', { claims })));
}

/** Classes that are stored and that the manifest does not name. */
function classesLacking(manifest: StatefulSet, { spec }: StatefulSet): ClaimEntries {
  const stored = new Map(
    (spec.volumeClaimTemplates ?? []).map((claim) => [
      claimName(claim),
      claim.spec.storageClassName,
    ]),
  );
  const lacking: [string, string][] = [];
  for (const claim of manifest.spec.volumeClaimTemplates ?? []) {
    const className = stored.get(claimName(claim));
    if (className && claim.spec.storageClassName == null) {
      lacking.push([claimName(claim), className]);
    }
  }
  return Object.fromEntries(lacking);
}

function findingOf(
  classes: ClaimEntries,
  finding: (claims: string) => CheckFinding,
): CheckFinding[] {
  const names = Object.keys(classes);
  if (names.length === 0) return [];
  const claims = `claim template${names.length === 1 ? '' : 's'} ${listed(names, 4)}`;
  return [{ ...finding(claims), lines: linesOf(classes) }];
}

/** The lines with what stands around them in a manifest. */
function linesOf(classes: ClaimEntries): string[] {
  const volumeClaimTemplates = Object.entries(classes).map(([name, storageClassName]) => ({
    metadata: { name },
    spec: { storageClassName },
  }));
  // Names such as "1" are strings to YAML only in quotes.
  const text = stringify({ spec: { volumeClaimTemplates } }, { version: '1.1', lineWidth: 0 });
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line.trimStart().startsWith('storageClassName:') ? `${line} # add` : line));
}

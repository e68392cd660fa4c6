import type { ClaimTemplate } from '../statefulset.ts';

/** Names of claim templates with the class that was put in. */
export type ClaimEntries = Readonly<Record<string, string>>;

const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';

/**
 * Whether a claim template chooses its class itself: by name (`''` too, which asks for a volume without class), by the
 * beta annotation, which wins over the name, or by a volume or selector of its own.
 */
export function choosesClass({ metadata, spec }: ClaimTemplate): boolean {
  return (
    spec.storageClassName != null ||
    metadata.annotations?.[BETA_CLASS] != null ||
    spec.volumeName != null ||
    spec.selector != null
  );
}

/** The class that claims of this template get, as far as the template says. */
export function classOf({ metadata, spec }: ClaimTemplate): string | undefined {
  return metadata.annotations?.[BETA_CLASS] ?? spec.storageClassName ?? undefined;
}

export function claimName({ metadata }: ClaimTemplate): string {
  return metadata.name ?? '';
}

/** The class that was put into the claim template of that name. */
export function entryOf(entries: ClaimEntries, name: string): string | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}

export interface InjectedClaims {
  /** The very list that came in if nothing was put in. */
  readonly claims: readonly ClaimTemplate[] | undefined;
  readonly entries: ClaimEntries;
}

/** Gives the class to every claim template that chooses none. For a set that is being created. */
export function injectClass(
  claims: readonly ClaimTemplate[] | undefined,
  name: string | undefined,
): InjectedClaims {
  const open = (claims ?? []).filter((claim) => !choosesClass(claim));
  if (claims == null || name === undefined || open.length === 0) return { claims, entries: {} };
  return {
    claims: claims.map((claim) => (open.includes(claim) ? withClass(claim, name) : claim)),
    entries: Object.fromEntries(open.map((claim) => [claimName(claim), name])),
  };
}

/**
 * Carries over the class of each stored claim template to the one of the same name that comes without: claim templates
 * are immutable, so the API server would refuse the write. A class is never computed anew here, and one that the new
 * object names itself is left for the API server to judge.
 */
export function carryClasses(
  claims: readonly ClaimTemplate[] | undefined,
  stored: readonly ClaimTemplate[] | undefined,
): readonly ClaimTemplate[] | undefined {
  const classes = new Map<string, string>();
  for (const claim of stored ?? []) {
    const name = claim.spec.storageClassName;
    if (name != null) classes.set(claimName(claim), name);
  }
  const carried = (claim: ClaimTemplate): string | undefined =>
    claim.spec.storageClassName == null ? classes.get(claimName(claim)) : undefined;
  if (!(claims ?? []).some((claim) => carried(claim) !== undefined)) return claims;
  return claims?.map((claim) => {
    const name = carried(claim);
    return name === undefined ? claim : withClass(claim, name);
  });
}

/** Removes the classes that were put in. For manifests only: a stored set can no longer lose its class. */
export function stripClasses(
  claims: readonly ClaimTemplate[] | undefined,
  entries: ClaimEntries,
): readonly ClaimTemplate[] | undefined {
  return claims?.map((claim) => {
    const entry = entryOf(entries, claimName(claim));
    if (entry === undefined || claim.spec.storageClassName !== entry) return claim;
    const { storageClassName: _, ...spec } = claim.spec;
    return { ...claim, spec };
  });
}

function withClass(claim: ClaimTemplate, storageClassName: string): ClaimTemplate {
  return { ...claim, spec: { ...claim.spec, storageClassName } };
}

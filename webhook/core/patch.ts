import equal from 'fast-deep-equal';
import jsonPatch, { type Operation } from 'fast-json-patch';
import type { StatefulSet } from './statefulset.ts';

export type { Operation };

/**
 * The JSON Patch (RFC 6902) from one object to the other, empty where they are the same. The result of a mutation shares
 * with its origin whatever did not change, and the comparison passes over that. The patch has been applied to the
 * original and gives the result; `undefined` if it did not: such a patch must never be sent, because the API server fails
 * the request even under failurePolicy Ignore (Kubernetes 1.36, webhook/mutating/dispatcher.go).
 */
export function makePatch(before: StatefulSet, after: StatefulSet): Operation[] | undefined {
  if (before === after) return [];
  const patch = jsonPatch.compare(before, after);
  return reproduces(patch, before, after) ? patch : undefined;
}

/** Whether the patch, applied to the original, gives the result. Never throws, and leaves the original as it is. */
export function reproduces(patch: readonly Operation[], before: object, after: object): boolean {
  try {
    const copy = copyAlong(before, patch);
    const { newDocument } = jsonPatch.applyPatch(copy, patch, true, true, true);
    return equal(newDocument, after);
  } catch {
    return false;
  }
}

/** A copy in which every object on the way to a patched place is one of its own; the rest is shared. */
function copyAlong(document: object, patch: readonly Operation[]): object {
  const root = shallow(document);
  const copied = new Set<unknown>([root]);
  for (const { path } of patch) {
    let parent: Record<string, unknown> = root;
    for (const step of path.split('/').slice(1, -1)) {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
      const child = parent[key];
      if (typeof child !== 'object' || child === null) break;
      if (!copied.has(child)) {
        const copy = shallow(child);
        copied.add(copy);
        parent[key] = copy;
      }
      parent = parent[key] as Record<string, unknown>;
    }
  }
  return root;
}

function shallow(value: object): Record<string, unknown> {
  // A list is copied as a list; both are reached by key alone.
  return (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
}

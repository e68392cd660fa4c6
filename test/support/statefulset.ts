import type { StatefulSet } from '../../webhook/core/statefulset.ts';
import { defaulted, type Fields } from './api-server/defaults.ts';

export const PREFIX = 'zonekeeper.io/';
export const MARKER = 'zonekeeper.io/injected';

/** The parts of a set that a test cares about; the rest is ordinary. */
export interface Given {
  readonly name?: string;
  /** Annotations of zonekeeper, without prefix; default: opted in. */
  readonly asks?: Readonly<Record<string, string>>;
  /** Further annotations, whole keys. */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly metadata?: Fields;
  readonly spec?: Fields;
  readonly pod?: Fields;
  /** Default: one claim template `data` that chooses no class. */
  readonly claims?: readonly Fields[];
}

/** The manifest of a set as a user writes it: opted in, with one init container, two containers and one claim. */
export function manifest(given: Given = {}): StatefulSet {
  const { name = 'mysql', asks = { inject: 'true' }, annotations, metadata, spec, pod } = given;
  const asked = Object.entries(asks).map(([key, value]) => [PREFIX + key, value]);
  return copyOf({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, annotations: { ...Object.fromEntries(asked), ...annotations }, ...metadata },
    spec: {
      serviceName: name,
      replicas: 3,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          initContainers: [{ name: 'init', image: 'mysql:5.7' }],
          containers: [
            container({ name: 'mysql', image: 'mysql:5.7' }),
            { name: 'backup', image: 'backup:1' },
          ],
          ...pod,
        },
      },
      volumeClaimTemplates: given.claims ?? [claim()],
      ...spec,
    },
  });
}

function container(fields: Fields): Fields {
  return { ...fields, volumeMounts: [{ name: 'data', mountPath: '/var/lib/mysql' }] };
}

/** A claim template; `spec` is put over an ordinary one. */
export function claim(name = 'data', spec: Fields = {}, metadata: Fields = {}): Fields {
  return {
    metadata: { name, ...metadata },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '10Gi' } },
      ...spec,
    },
  };
}

/** The set as it reaches admission in that namespace: with the API server's defaults, without what it never keeps. */
export function arriving(set: StatefulSet, namespace = 'shop'): StatefulSet {
  return defaulted(asDecoded(set) as Fields, namespace) as unknown as StatefulSet;
}

/** A copy that shares nothing, as if it had been sent over the wire: without what is `undefined`. */
export function copyOf<T>(value: unknown): T {
  return kept(value, (_, inner) => inner !== undefined) as T;
}

/** A copy of a JSON value with those fields that are to stay. Much faster than to write and parse it. */
function kept(value: unknown, stays: (key: string, inner: unknown) => boolean): unknown {
  if (Array.isArray(value)) return value.map((entry) => kept(entry, stays));
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const inner = (value as Record<string, unknown>)[key];
    if (!stays(key, inner)) continue;
    if (key !== '__proto__') copy[key] = kept(inner, stays);
    else Object.defineProperty(copy, key, { ...VISIBLE, value: kept(inner, stays) });
  }
  return copy;
}

const VISIBLE = { enumerable: true, configurable: true, writable: true };

/** The set with a change in its pod spec. */
export function withPod(set: StatefulSet, pod: Fields): StatefulSet {
  const { template } = set.spec;
  const changed = { ...template, spec: { ...template.spec, ...pod } };
  return { ...set, spec: { ...set.spec, template: changed } };
}

/** The set with other annotations; a value of `undefined` removes one. Keys are whole. */
export function annotated(
  set: StatefulSet,
  changes: Readonly<Record<string, string | undefined>>,
): StatefulSet {
  const annotations = { ...set.metadata.annotations, ...changes };
  return copyOf({ ...set, metadata: { ...set.metadata, annotations } });
}

/** A copy with what the API server's types leave of a manifest: no `null`, no empty list and no empty scheduler. */
function asDecoded(value: unknown): unknown {
  return kept(value, (key, inner) => {
    const nothing = inner == null || (Array.isArray(inner) && inner.length === 0);
    return !nothing && !(key === 'schedulerName' && inner === '');
  });
}

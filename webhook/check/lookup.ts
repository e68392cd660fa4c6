import type { Kube } from '../controllers/kube.ts';
import { KubeError } from '../controllers/kube-error.ts';
import type { KubeList, KubeObject } from '../controllers/objects.ts';
import { permissionText } from '../controllers/permissions.ts';
import { type Problem, problem } from '../core/problems.ts';
import { pathOf, type Resource } from './resources.ts';

const PAGE = '500';

/** Something to look at, and what is not known without it. */
export interface Wanted {
  readonly resource: Resource;
  /** Absent: in all namespaces, or of a kind that lies in none. */
  readonly namespace?: string;
  /** For people: what cannot be judged without it. */
  readonly lost: string;
}

/** All objects of a kind; `'absent'` if the API server does not know the kind, `undefined` if they could not be read. */
export type Objects = readonly KubeObject[] | 'absent' | undefined;

/** Reads a cluster and remembers what it may not, or cannot, look at. Rejects where the API server does not answer. */
export class Lookup {
  readonly #kube: Kube;
  readonly #unseen: Problem[] = [];

  constructor(kube: Kube) {
    this.#kube = kube;
  }

  /** By what could not be looked at: answers come in any order, and two checks of one cluster should read alike. */
  get unseen(): readonly Problem[] {
    return this.#unseen.toSorted((one, other) => (one.found < other.found ? -1 : 1));
  }

  /** Every object of a kind. */
  async list(wanted: Wanted): Promise<Objects> {
    const path = pathOf(wanted.resource, wanted.namespace);
    const found: KubeObject[] = [];
    let next: string | undefined;
    do {
      const query = { limit: PAGE, ...(next && { continue: next }) };
      const page = await this.#ask(wanted, 'list', path, query);
      if (typeof page !== 'object') return page;
      const { items, metadata } = page as KubeList;
      found.push(...(items ?? []));
      next = metadata?.continue;
    } while (next);
    return found;
  }

  /** One object; `'absent'` if there is none, `undefined` if it could not be read. */
  async get(wanted: Wanted, name: string): Promise<KubeObject | 'absent' | undefined> {
    const path = `${pathOf(wanted.resource, wanted.namespace)}/${encodeURIComponent(name)}`;
    return this.#ask(wanted, 'get', path);
  }

  async #ask(
    { resource, namespace, lost }: Wanted,
    verb: string,
    path: string,
    query?: Readonly<Record<string, string>>,
  ): Promise<object | 'absent' | undefined> {
    try {
      const answer = await this.#kube.request({ method: 'GET', path, ...(query && { query }) });
      return answer as object;
    } catch (error) {
      // Without credentials that count there is nothing to go on with.
      if (!(error instanceof KubeError) || error.status === 401) throw error;
      if (error.status === 404) return 'absent';
      const where = namespace === undefined ? {} : { namespace };
      const what = permissionText({ ...resource, ...where, verb, essential: false });
      this.#unseen.push(
        error.status === 403
          ? problem('ZK701', { what, lost })
          : problem('ZK702', { what, lost, detail: error.message }),
      );
      return undefined;
    }
  }
}

/** The objects by a key, `undefined` where they could not be read; of a kind that is not known there are none. */
export function mapOf<T>(
  objects: Objects,
  keyOf: (object: KubeObject) => string,
  project: (object: KubeObject) => T,
): ReadonlyMap<string, T> | undefined {
  if (objects === undefined) return undefined;
  const all = objects === 'absent' ? [] : objects;
  return new Map(all.map((object) => [keyOf(object), project(object)]));
}

/** A part that may be missing. */
export function given<K extends string, V>(
  key: K,
  value: V | undefined,
): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}

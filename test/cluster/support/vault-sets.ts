import { classesOf } from '../../../webhook/core/secrets/classes-of.ts';
import type { ControlPlane } from '../control-plane.ts';
import { until } from '../until.ts';
import { type SetManifest, smallSet } from './manifests.ts';
import { classesIn, type ProviderClass } from './secrets-store.ts';

/** As many clients as a busy cluster has. */
const AT_ONCE = 20;

/** Longer than a webhook needs to start beside other work. */
const RESTART = 120_000;

/** Asks for that list of a vault's objects. */
export const asking = (secrets: string): Record<string, string> => ({
  'zonekeeper.io/inject': 'true',
  'zonekeeper.io/key-vault': 'contoso-prod',
  'zonekeeper.io/secrets': secrets,
  'zonekeeper.io/client-id': '00000000-0000-0000-0000-000000000001',
  'zonekeeper.io/tenant-id': '00000000-0000-0000-0000-000000000002',
});

/** A set without claims that asks for those objects; further fields of its spec. */
export function vaultSet(name: string, secrets: string, spec: object = {}): SetManifest {
  const { spec: small, ...set } = smallSet(name, asking(secrets));
  return { ...set, spec: { ...small, volumeClaimTemplates: [], ...spec } };
}

/** The StatefulSets of one namespace that ask for secrets, and the classes that are made for them. */
export class VaultSets {
  readonly namespace: string;
  readonly #cluster: ControlPlane;
  readonly #sets: string;

  private constructor(cluster: ControlPlane, namespace: string) {
    this.namespace = namespace;
    this.#cluster = cluster;
    this.#sets = `/apis/apps/v1/namespaces/${namespace}/statefulsets`;
  }

  /** In a namespace that it makes. */
  static async of(cluster: ControlPlane, namespace: string): Promise<VaultSets> {
    const body = { metadata: { name: namespace } };
    await cluster.api.expect('POST', '/api/v1/namespaces', { body });
    return new VaultSets(cluster, namespace);
  }

  create(set: SetManifest): Promise<SetManifest> {
    return this.#cluster.api.expect('POST', this.#sets, { body: set });
  }

  /** Creates sets, many at once, each as often as it takes while the webhook is away; returns their classes. */
  async createAll(all: readonly SetManifest[]): Promise<string[]> {
    const waiting = [...all];
    const classes: string[] = [];
    const creator = async () => {
      for (let set = waiting.shift(); set; set = waiting.shift()) {
        const body = set;
        const stored = await until(
          `set ${body.metadata.name}`,
          async () => {
            const made = await this.#cluster.api.request<SetManifest>('POST', this.#sets, { body });
            return made.status === 201 && made.body;
          },
          RESTART,
        );
        classes.push(classOf(stored));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, creator));
    return classes;
  }

  /** What would be stored; nothing is. */
  dryRun(set: SetManifest): Promise<SetManifest> {
    return this.#cluster.api.expect('POST', `${this.#sets}?dryRun=All`, { body: set });
  }

  /** Has the set ask for another list. */
  async change(name: string, secrets: string): Promise<void> {
    const body = { metadata: { annotations: { 'zonekeeper.io/secrets': secrets } } };
    await this.#cluster.api.expect('PATCH', `${this.#sets}/${name}`, { body });
  }

  /** How the API server has the set at this moment. */
  get(name: string): Promise<SetManifest & { metadata: { uid: string; generation: number } }> {
    return this.#cluster.api.expect('GET', `${this.#sets}/${name}`);
  }

  async delete(name: string, propagationPolicy = 'Background'): Promise<void> {
    const body = { propagationPolicy };
    await this.#cluster.api.expect('DELETE', `${this.#sets}/${name}`, { body });
    await until(`the end of ${name}`, async () => {
      const { status } = await this.#cluster.api.request('GET', `${this.#sets}/${name}`);
      return status === 404;
    });
  }

  /** Names of the classes of the namespace, in order. */
  async classes(): Promise<string[]> {
    const all = await this.#cluster.api.list<ProviderClass>(classesIn(this.namespace));
    return all.map(({ metadata }) => metadata.name).toSorted();
  }

  /** The class of that name, once it is there. */
  class(name: string): Promise<ProviderClass> {
    return until(`class ${name}`, async () => {
      const path = `${classesIn(this.namespace)}/${name}`;
      const { status, body } = await this.#cluster.api.request<ProviderClass>('GET', path);
      return status === 200 && body;
    });
  }

  /** How often the content of each class was written; `1` for as it was made. */
  async generations(): Promise<Set<number | undefined>> {
    const all = await this.#cluster.api.list<ProviderClass>(classesIn(this.namespace));
    return new Set(all.map(({ metadata }) => metadata.generation));
  }

  /** Resolves when the namespace holds these classes and no others. */
  async settled(...names: string[]): Promise<void> {
    const wanted = names.toSorted().join();
    await until(
      `classes ${wanted || '(none)'}`,
      async () => (await this.classes()).join() === wanted,
    );
  }

  /** What somebody with rights does to a class. */
  async touch(method: 'PATCH' | 'DELETE', name: string, body?: object): Promise<void> {
    await this.#cluster.api.expect(method, `${classesIn(this.namespace)}/${name}`, { body });
  }

  /** Puts a class there as somebody else. */
  async commit(body: object): Promise<void> {
    await this.#cluster.api.expect('POST', classesIn(this.namespace), { body });
  }
}

/** The class that a set mounts. */
export function classOf({ spec }: SetManifest): string {
  const names = (spec.template.spec.volumes ?? []).map((volume) => {
    const { csi } = volume as { csi?: { volumeAttributes?: Record<string, string> } };
    return csi?.volumeAttributes?.secretProviderClass;
  });
  return names.find((name) => name !== undefined) ?? '';
}

/** What has to be committed beside a set as it is stored. */
export function committed(set: SetManifest): ReturnType<typeof classesOf>[number] {
  const [found] = classesOf(set);
  if (!found) throw new Error('the set asks for no class');
  return found;
}

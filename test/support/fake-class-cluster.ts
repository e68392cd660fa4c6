import jsonPatch, { type Operation } from 'fast-json-patch';
import type { KubeRequest } from '../../webhook/controllers/kube.ts';
import { FakeKube, refusal } from './fake-kube.ts';
import { vaultMarker } from './vault-set.ts';

type Meta = {
  name: string;
  namespace: string;
  uid: string;
  resourceVersion: string;
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
  deletionTimestamp?: string;
  ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string }[];
  managedFields?: { manager: string }[];
};
export type Stored = { metadata: Meta; spec: Record<string, unknown> };

const SETS = '/apis/apps/v1/statefulsets';
const CLASSES = '/apis/secrets-store.csi.x-k8s.io/v1/secretproviderclasses';
const NAMESPACE = 'shop';

/** An API server with the StatefulSets of one namespace and what goes with them. No garbage collector runs. */
export class FakeClassCluster {
  readonly kube = new FakeKube((request) => this.#answer(request));
  readonly classes = new Map<string, Stored>();
  readonly events: { note: string; reason: string; regarding: object }[] = [];
  /** Classes that pods and ControllerRevisions mount. */
  mounted: string[] = [];
  revised: string[] = [];
  /** Does it know the kind SecretProviderClass? */
  hasKind = true;
  /** Throws what a request is to be refused with. */
  refuse: (request: KubeRequest) => void = () => {};
  readonly #sets = new Map<string, Stored>();
  #lease: { metadata: object } | undefined;
  #version = 10;

  /** Requests that wrote classes, as `POST NAME` and such. */
  get writes(): string[] {
    return this.kube.requests
      .filter(({ method, path }) => method !== 'GET' && path.includes('/secretproviderclasses'))
      .map(({ method, path, body }) => `${method} ${nameOf(path) ?? nameIn(body)}`);
  }

  /** Stores a set that asks for these objects of a vault, or for none; a first time or again. */
  putSet(name: string, secrets?: string, change: Partial<Meta> = {}): void {
    const before = this.#sets.get(name);
    const annotations = secrets === undefined ? {} : vaultMarker(name, secrets);
    const uid = before?.metadata.uid ?? this.#next();
    const metadata = {
      name,
      namespace: NAMESPACE,
      annotations,
      ...this.#versioned(uid),
      ...change,
    };
    const set = { metadata, spec: { selector: { matchLabels: { app: name } } } };
    this.#sets.set(name, set);
    this.#tell(SETS, before ? 'MODIFIED' : 'ADDED', set);
  }

  removeSet(name: string): void {
    const set = this.#sets.get(name);
    this.#sets.delete(name);
    if (set) this.#tell(SETS, 'DELETED', set);
  }

  /** Lets what happens to sets from now on be seen later than all else. */
  silenceSets(): void {
    const rest = this.kube.watches.filter(({ path }) => path !== SETS);
    this.kube.watches.splice(0, Number.POSITIVE_INFINITY, ...rest);
  }

  /** What somebody else does to a class, or that he makes one. */
  putClass(name: string, spec: object, change: Partial<Meta> = {}): Stored {
    const before = this.classes.get(name);
    const kept = before?.metadata ?? { name, namespace: NAMESPACE };
    const uid = before?.metadata.uid ?? this.#next();
    const metadata = { ...kept, ...this.#versioned(uid), ...change } as Meta;
    return this.#store({ metadata, spec: { ...spec } }, before ? 'MODIFIED' : 'ADDED');
  }

  removeClass(name: string): void {
    const found = this.classes.get(name);
    this.classes.delete(name);
    if (found) this.#tell(CLASSES, 'DELETED', found);
  }

  #answer(request: KubeRequest): unknown {
    const { path, body } = request;
    this.refuse(request);
    if (path.includes('/leases')) return this.#answerLease(request);
    if (path.endsWith('/events')) return this.events.push(body as never);
    if (path.endsWith('/pods')) return list(this.mounted.map((name) => mounting(name)));
    if (path.endsWith('/controllerrevisions')) {
      return list(this.revised.map((name) => ({ data: { spec: { template: mounting(name) } } })));
    }
    if (path === SETS) return list([...this.#sets.values()]);
    if (path.includes('/statefulsets/')) return found(this.#sets.get(nameOf(path) ?? ''));
    return this.#answerClass(request);
  }

  #answerClass(request: KubeRequest): unknown {
    const { method, path } = request;
    if (!this.hasKind) throw refusal(404);
    if (path === CLASSES) return list([...this.classes.values()]);
    if (method === 'POST') return this.#create(request);
    const stored = found(this.classes.get(nameOf(path) ?? ''));
    if (method === 'PATCH') return this.#patch(stored, request);
    if (method === 'DELETE') return this.#delete(stored, request);
    return stored;
  }

  #create({ body, query }: KubeRequest): Stored {
    const { metadata, spec } = body as Stored;
    if (this.classes.has(metadata.name)) throw refusal(409);
    const managedFields = [{ manager: query?.fieldManager ?? '' }];
    const more = { ...this.#versioned(this.#next()), managedFields };
    return this.#store({ metadata: { ...metadata, ...more }, spec }, 'ADDED');
  }

  #patch(stored: Stored, { body }: KubeRequest): Stored {
    const copy = structuredClone(stored);
    const patched = jsonPatch.applyPatch(copy, body as Operation[]).newDocument;
    if (patched.metadata.resourceVersion !== stored.metadata.resourceVersion) throw refusal(409);
    Object.assign(patched.metadata, this.#versioned(stored.metadata.uid));
    return this.#store(patched, 'MODIFIED');
  }

  #delete({ metadata }: Stored, { body }: KubeRequest): object {
    const { preconditions } = body as { preconditions: Partial<Meta> };
    const { uid, resourceVersion } = preconditions;
    if (uid !== metadata.uid || resourceVersion !== metadata.resourceVersion) throw refusal(409);
    this.removeClass(metadata.name);
    return {};
  }

  #store(stored: Stored, type: 'ADDED' | 'MODIFIED'): Stored {
    this.classes.set(stored.metadata.name, stored);
    this.#tell(CLASSES, type, stored);
    return stored;
  }

  #answerLease({ method, body }: KubeRequest): unknown {
    if (method === 'GET') return found(this.#lease);
    const { resourceVersion } = (body as { metadata: Partial<Meta> }).metadata;
    const current = this.#lease?.metadata as Partial<Meta> | undefined;
    if (resourceVersion !== current?.resourceVersion) throw refusal(409);
    this.#lease = { ...(body as object), metadata: { resourceVersion: this.#next() } };
    return this.#lease;
  }

  #tell(path: string, type: 'ADDED' | 'MODIFIED' | 'DELETED', object: object): void {
    for (const watch of this.kube.watches) if (watch.path === path) watch.push(type, object);
  }

  #versioned(uid: string): Pick<Meta, 'uid' | 'resourceVersion'> {
    return { uid, resourceVersion: this.#next() };
  }

  #next(): string {
    this.#version += 1;
    return `${this.#version}`;
  }
}

const list = (items: readonly object[]) => ({ metadata: { resourceVersion: '1' }, items });

const nameOf = (path: string) =>
  /\/namespaces\/[^/]+\/[^/]+\/(?<name>[^/]+)$/.exec(path)?.groups?.name;

const nameIn = (body: unknown) => (body as Stored).metadata.name;

function found<T>(object: T | undefined): T {
  if (object === undefined) throw refusal(404);
  return object;
}

/** As much of a pod as shows that it mounts a class. */
function mounting(name: string): object {
  const driver = 'secrets-store.csi.k8s.io';
  const csi = { driver, volumeAttributes: { secretProviderClass: name } };
  return { spec: { volumes: [{ name: 'data' }, { name: 'secrets', csi }] } };
}

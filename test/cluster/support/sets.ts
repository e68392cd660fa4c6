import type { Test } from 'tap';
import type { Outcome } from '../../support/run.ts';
import type { ApiObject } from '../api.ts';
import type { ControlPlane } from '../control-plane.ts';
import { until } from '../until.ts';
import { type ClaimTemplate, MARKER, type SetManifest } from './manifests.ts';

/** A StatefulSet as the API server has it. */
export type StoredSet = SetManifest & {
  metadata: ApiObject['metadata'] & { generation: number; resourceVersion: string };
  status: { observedGeneration?: number };
};

/** What a write that is none of the user's own changes must leave as it is. */
export type Footprint = {
  readonly template: object;
  readonly claims: readonly ClaimTemplate[];
  /** Names of the ControllerRevisions: one more for each roll. */
  readonly revisions: readonly string[];
};

/** The StatefulSets of one namespace, written by kubectl and read from the API server. */
export class Sets {
  readonly namespace: string;
  readonly #cluster: ControlPlane;

  private constructor(cluster: ControlPlane, namespace: string) {
    this.#cluster = cluster;
    this.namespace = namespace;
  }

  /** In a namespace that it makes. */
  static async of(cluster: ControlPlane, namespace: string): Promise<Sets> {
    await cluster.api.expect('POST', '/api/v1/namespaces', {
      body: { metadata: { name: namespace } },
    });
    return new Sets(cluster, namespace);
  }

  /** `input` is what `-f -` reads: an object, or text as it stands. */
  kubectl(args: readonly string[], input: object | string = ''): Promise<Outcome> {
    const all = ['--namespace', this.namespace, ...args];
    const text = typeof input === 'string' ? input : JSON.stringify(input);
    return this.#cluster.kubectl(all, { input: text });
  }

  create(manifest: SetManifest): Promise<Outcome> {
    return this.kubectl(['create', '-f', '-'], manifest);
  }

  apply(manifest: SetManifest | string, ...args: string[]): Promise<Outcome> {
    return this.kubectl(['apply', '-f', '-', ...args], manifest);
  }

  replace(manifest: SetManifest | string): Promise<Outcome> {
    return this.kubectl(['replace', '-f', '-'], manifest);
  }

  annotate(name: string, ...changes: string[]): Promise<Outcome> {
    return this.kubectl(['annotate', '--overwrite', 'statefulset', name, ...changes]);
  }

  /** The set as it is stored, once its controller has seen it; its ControllerRevisions are complete then. */
  async get(name: string): Promise<StoredSet> {
    const path = `/apis/apps/v1/namespaces/${this.namespace}/statefulsets/${name}`;
    return until(`the controller has seen ${name}`, async () => {
      const set = await this.#cluster.api.expect<StoredSet>('GET', path);
      return set.status.observedGeneration === set.metadata.generation && set;
    });
  }

  async footprint(name: string): Promise<Footprint> {
    const { spec, metadata } = await this.get(name);
    const path = `/apis/apps/v1/namespaces/${this.namespace}/controllerrevisions`;
    const revisions = await this.#cluster.api.list<
      ApiObject & { metadata: { ownerReferences: { uid: string }[] } }
    >(path);
    return {
      template: spec.template,
      claims: spec.volumeClaimTemplates,
      revisions: revisions
        .filter(
          ({
            metadata: {
              ownerReferences: [owner],
            },
          }) => owner?.uid === metadata.uid,
        )
        .map(({ metadata }) => metadata.name)
        .toSorted(),
    };
  }
}

/** What zonekeeper says that it put into the set. */
export function markerOf({ metadata }: SetManifest): Record<string, unknown> | undefined {
  const text = metadata.annotations?.[MARKER];
  return text === undefined ? undefined : JSON.parse(text);
}

/** Fails the test with the words of kubectl or helm if the command was refused. */
export function accepted(t: Test, { code, stderr }: Outcome, what: string): void {
  t.equal(code, 0, code === 0 ? what : `${what}: ${stderr}`);
}

/** The codes of zonekeeper's warnings, as kubectl shows them. */
export function warned({ stderr }: Outcome): string[] {
  return [...stderr.matchAll(/^Warning: (?<code>ZK\d{3}) /gm)].map(
    ({ groups }) => groups?.code ?? '',
  );
}

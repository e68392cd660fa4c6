import { FILE_NAMES } from '../../certs/state.ts';
import type { Files, SecretStore, Stored } from '../../certs/store.ts';
import type { Surroundings } from '../../certs/surroundings.ts';
import type { Kube } from './kube.ts';
import { isConflict, isNotFound } from './kube-error.ts';
import { addOwner, type Owner, type OwnerReference } from './owner.ts';
import { Reflector } from './reflector.ts';

export interface SecretName {
  readonly namespace: string;
  readonly name: string;
  /** Set when the Secret is created; default: none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** With which the Secret goes; nothing is created without it. Default: none, the Secret stays. */
  readonly owner?: Owner;
}

/** On the Secret, with the value `"true"`: replace the CA now, in three phases. Removed when that has begun. */
export const ROTATE_CA = 'zonekeeper.io/rotate-ca';

/**
 * A Secret of type kubernetes.io/tls. A write names the resourceVersion it is based on, so of two writers the API server
 * lets the first win. Labels, annotations and data of others stay.
 */
export function kubeSecretStore(
  kube: Kube,
  secret: SecretName,
  surroundings: Surroundings,
): SecretStore {
  const { namespace, name, labels, owner } = secret;
  const collection = `/api/v1/namespaces/${namespace}/secrets`;
  const path = `${collection}/${name}`;
  const get = () => ifThere(kube.request({ method: 'GET', path }) as Promise<Secret>);
  return {
    read: async () => {
      const found = await get();
      return found && asStored(found);
    },
    create: async (files) => {
      const ownerReferences = await addOwner(kube, namespace, owner);
      const metadata = {
        name,
        ...(labels && { labels }),
        ...(ownerReferences && { ownerReferences }),
      };
      const body = { metadata, type: 'kubernetes.io/tls', data: encode(files) };
      return unlessLost(kube.request({ method: 'POST', path: collection, body }), isConflict);
    },
    update: async (stored) => {
      const references = owner && (await get())?.metadata?.ownerReferences;
      const ownerReferences = await addOwner(kube, namespace, owner, references);
      const body = asPatch(stored, ownerReferences && { ownerReferences });
      const contentType = 'application/merge-patch+json';
      const written = kube.request({ method: 'PATCH', path, body, contentType });
      return unlessLost(written, (error) => isConflict(error) || isNotFound(error));
    },
    watch: (signal, onChange) => {
      const query = { fieldSelector: `metadata.name=${name}` };
      const project = () => undefined; // What it holds is read when it is needed, and not kept.
      return new Reflector(kube, { path: collection, query, project, onChange }, surroundings).run(
        signal,
      );
    },
  };
}

interface Secret {
  readonly metadata?: {
    readonly resourceVersion?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly OwnerReference[];
  };
  readonly data?: Readonly<Record<string, string>>;
}

function asStored({ metadata = {}, data = {} }: Secret): Stored {
  const texts = Object.entries(data).map(([file, value]) => [file, decode(value)] as const);
  return {
    files: Object.fromEntries(texts),
    resourceVersion: metadata.resourceVersion ?? '',
    rotationAsked: metadata.annotations?.[ROTATE_CA] === 'true',
  };
}

function asPatch({ files, resourceVersion, rotationAsked }: Stored, more: object = {}): object {
  const removed = FILE_NAMES.filter((file) => files[file] === undefined);
  const annotations = { annotations: { [ROTATE_CA]: null } };
  return {
    metadata: { resourceVersion, ...more, ...(!rotationAsked && annotations) },
    data: { ...Object.fromEntries(removed.map((file) => [file, null])), ...encode(files) },
  };
}

function encode(files: Files): Record<string, string> {
  const entries = Object.entries(files);
  return Object.fromEntries(
    entries.map(([file, text]) => [file, Buffer.from(text).toString('base64')]),
  );
}

function decode(value: string): string {
  return Buffer.from(value, 'base64').toString();
}

async function ifThere<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (isNotFound(error)) return undefined;
    throw error;
  });
}

async function unlessLost(
  written: Promise<unknown>,
  isLost: (error: unknown) => boolean,
): Promise<'done' | 'lost'> {
  return written.then(
    () => 'done',
    (error: unknown) => {
      if (isLost(error)) return 'lost';
      throw error;
    },
  );
}

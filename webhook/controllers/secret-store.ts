import { FILE_NAMES } from '../../certs/state.ts';
import type { Files, SecretStore, Stored } from '../../certs/store.ts';
import type { Surroundings } from '../../certs/surroundings.ts';
import type { Kube } from './kube.ts';
import { isConflict, isNotFound } from './kube-error.ts';
import { Reflector } from './reflector.ts';

export interface SecretName {
  readonly namespace: string;
  readonly name: string;
  /** Set when the Secret is created; default: none. */
  readonly labels?: Readonly<Record<string, string>>;
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
  const { namespace, name, labels } = secret;
  const collection = `/api/v1/namespaces/${namespace}/secrets`;
  const path = `${collection}/${name}`;
  return {
    read: () => ifThere(kube.request({ method: 'GET', path }).then(asStored)),
    create: (files) => {
      const metadata = { name, ...(labels && { labels }) };
      const body = { metadata, type: 'kubernetes.io/tls', data: encode(files) };
      return unlessLost(kube.request({ method: 'POST', path: collection, body }), isConflict);
    },
    update: (stored) => {
      const body = asPatch(stored);
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
  };
  readonly data?: Readonly<Record<string, string>>;
}

function asStored(answer: unknown): Stored {
  const { metadata = {}, data = {} } = answer as Secret;
  const texts = Object.entries(data).map(([file, value]) => [file, decode(value)] as const);
  return {
    files: Object.fromEntries(texts),
    resourceVersion: metadata.resourceVersion ?? '',
    rotationAsked: metadata.annotations?.[ROTATE_CA] === 'true',
  };
}

function asPatch({ files, resourceVersion, rotationAsked }: Stored): object {
  const removed = FILE_NAMES.filter((file) => files[file] === undefined);
  return {
    metadata: { resourceVersion, ...(!rotationAsked && { annotations: { [ROTATE_CA]: null } }) },
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

async function ifThere(answer: Promise<Stored>): Promise<Stored | undefined> {
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

/** Any object of the API server, as far as every kind is alike. */
export interface KubeObject {
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly resourceVersion?: string;
  };
}

/** One page of a list. */
export interface KubeList {
  readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string };
  /** Null where there are none and metadata alone were asked for (Kubernetes 1.36). */
  readonly items?: readonly KubeObject[] | null;
}

/** `namespace/name`, or the name alone of an object that lies in no namespace. */
export function keyOf({ metadata }: KubeObject): string {
  const name = metadata?.name ?? '';
  return metadata?.namespace === undefined ? name : `${metadata.namespace}/${name}`;
}

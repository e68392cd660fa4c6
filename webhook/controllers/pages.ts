import type { Kube, KubeRequest } from './kube.ts';
import type { KubeList, KubeObject } from './objects.ts';

export interface Page {
  readonly items: readonly KubeObject[];
  /** That of the whole list. */
  readonly resourceVersion: string;
}

const PAGE = '500';

/** The objects of a collection page by page, all as they were at one moment. Rejects as a request does. */
export async function* pages(
  kube: Kube,
  { path, query, accept }: Omit<KubeRequest, 'method' | 'body' | 'contentType'>,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  let next: string | undefined;
  do {
    const more = { ...query, limit: PAGE, ...(next && { continue: next }) };
    const request = { method: 'GET', path, query: more, ...(accept && { accept }) } as const;
    const { metadata = {}, items } = (await kube.request(request, signal)) as KubeList;
    yield { items: items ?? [], resourceVersion: metadata.resourceVersion ?? '' };
    next = metadata.continue;
  } while (next);
}

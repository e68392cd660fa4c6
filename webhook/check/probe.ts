import type { Access } from '../controllers/access.ts';
import type { ProbeFacts, WebhookFacts } from '../core/check/facts.ts';
import { type Labels, selects } from '../core/check/selector.ts';
import { dryRun } from '../self-test/answer.ts';
import { outcomeOf } from '../self-test/outcome.ts';
import { probeSet } from '../self-test/set.ts';

export interface ProbeOptions {
  /** Where the set would be, if the webhook does not spare it. */
  readonly namespace: string;
  readonly namespaces: ReadonlyMap<string, Labels> | undefined;
  readonly webhooks: readonly WebhookFacts[] | undefined;
  readonly image: string | undefined;
}

/** Nothing pulls it. */
const IMAGE = 'registry.k8s.io/pause:3.10';

/** What the API server makes of an annotated set, by the self-test's dry run; `undefined` where there is no webhook. */
export async function probe(
  access: Access,
  options: ProbeOptions,
): Promise<ProbeFacts | undefined> {
  if (options.webhooks?.length === 0) return undefined;
  const namespace = chosen(options);
  const set = probeSet(namespace, options.image ?? IMAGE);
  return outcomeOf(await dryRun(access, set), namespace);
}

/** The namespace that was asked for, or the first for which the webhook is called. */
function chosen({ namespace, namespaces, webhooks }: ProbeOptions): string {
  const called = (name: string): boolean => {
    const labels = namespaces?.get(name);
    if (labels === undefined) return false;
    return (webhooks ?? []).some(({ namespaceSelector }) => selects(namespaceSelector, labels));
  };
  const known = [...(namespaces?.keys() ?? [])];
  return [namespace, ...known].find(called) ?? namespace;
}

import type { Document, Node, YAMLMap } from 'yaml';
import { isAlias, isMap, isSeq, visit } from 'yaml';
import type { Json } from '../../core/statefulset.ts';
import { align } from './align.ts';
import { CannotSplice } from './edits.ts';
import { type Item, keyText } from './items.ts';
import { fieldOf, isRecord, type JsonRecord } from './record.ts';

/**
 * What each node of a document shall hold once its value has changed from `before` to `after`, so that an alias can be
 * left alone where its anchor changes the same way. Undefined if the document has no alias.
 */
export function intentions(
  document: Document.Parsed,
  before: Json,
  after: Json,
): ReadonlyMap<Node, Json> | undefined {
  let aliased = false;
  visit(document, {
    Alias: () => {
      aliased = true;
      return visit.BREAK;
    },
  });
  if (!aliased) return undefined;
  const intended = new Map<Node, Json>();
  collect(document.contents, before, after, intended);
  return intended;
}

function collect(
  node: Node | null,
  before: Json | undefined,
  after: Json | undefined,
  intended: Map<Node, Json>,
): void {
  if (node === null || after === undefined) return;
  intended.set(node, after);
  for (const [child, old, value] of children(node, before, after)) {
    collect(child, old, value, intended);
  }
}

type Child = readonly [node: Node | null, before: Json | undefined, after: Json | undefined];

function children(node: Node, before: Json | undefined, after: Json): Child[] {
  if (isMap(node) && isRecord(before) && isRecord(after)) {
    return (node as YAMLMap<Node, Node | null>).items.map(({ key, value }) => {
      const name = keyText(key);
      return [value, fieldOf(before, name), fieldOf(after, name)];
    });
  }
  if (isSeq(node) && Array.isArray(before) && Array.isArray(after)) {
    return align(before, after)
      .filter((step) => step.kind === 'keep')
      .map((step) => [node.items[step.before] as Node, before[step.before], after[step.after]]);
  }
  return [];
}

/** What a map gets from its merge keys, each alias resolved by `resolve`; the first to have a key wins. */
export function inheritedBy(items: readonly Item[], resolve: (alias: Node) => Json): JsonRecord {
  const sources = items
    .filter(({ merge }) => merge)
    .flatMap(({ value }) => (isSeq(value) ? (value.items as Node[]) : [value as Node]))
    .map((source) => (isAlias(source) ? resolve(source) : undefined))
    .map(asRecord);
  return Object.assign({}, ...sources.reverse());
}

function asRecord(value: Json | undefined): JsonRecord {
  if (!isRecord(value)) throw new CannotSplice('a merge key without an alias of a map');
  return value;
}

import type { CST, Node, YAMLMap, YAMLSeq } from 'yaml';
import { isCollection, isPair, isScalar } from 'yaml';
import { CannotSplice } from './edits.ts';

export type Collection = YAMLMap<Node, Node | null> | YAMLSeq<Node>;

/** Where one entry of a map or a sequence stands in the source, as offsets. */
export interface Item {
  /** First character: the dash of a sequence entry, the key (or its anchor, tag or `?`) of a map entry. */
  readonly start: number;
  /** Behind the last character that is not blank or comment; behind the line break for a block scalar. */
  readonly end: number;
  /** Behind the dash or the colon. */
  readonly indicator: number;
  /** First character of the value; where nothing is written, the same as `end`. */
  readonly content: number;
  /** The key as JSON has it; undefined in a sequence and for a merge key. */
  readonly key?: string | undefined;
  /** A merge key, `<<`, of YAML 1.1. */
  readonly merge: boolean;
  readonly value: Node | null;
  /** An anchor or a tag stands before the value. */
  readonly decorated: boolean;
  /** A comment stands between the indicator and the value. */
  readonly commented: boolean;
}

const INDICATORS: readonly string[] = ['seq-item-ind', 'map-value-ind'];
const BLANK: readonly string[] = ['space', 'newline', 'comment', 'comma'];
const DECORATION: readonly string[] = ['anchor', 'tag'];

/** The entries of a collection in the order of the source; entries that hold only comments are left out. */
export function itemsOf(collection: Collection): Item[] {
  const token = collection.srcToken;
  if (token === undefined || !('items' in token)) throw new CannotSplice('no source');
  const entries = (token.items as CST.CollectionItem[]).filter(isEntry);
  if (entries.length !== collection.items.length) throw new CannotSplice('unexpected entries');
  return entries.map((entry, index) => itemOf(entry, collection.items[index]));
}

function isEntry({ start, key, sep, value }: CST.CollectionItem): boolean {
  const dashed = start.some(({ type }) => type === 'seq-item-ind' || type === 'explicit-key-ind');
  return dashed || Boolean(key ?? value) || sep !== undefined;
}

function itemOf(entry: CST.CollectionItem, content: unknown): Item {
  const pair = isPair<Node, Node | null>(content) ? content : undefined;
  const value = pair === undefined ? (content as Node) : pair.value;
  const written = value ?? pair?.key;
  const start = startOf(entry, pair?.key ?? value);
  const { indicator, behind } = signOf(entry, start);
  const decorated = behind.some(({ type }) => DECORATION.includes(type));
  const empty = indicator > start && !decorated && isEmpty(value);
  const end = empty ? indicator : endOf(written);
  return {
    start,
    indicator,
    content: empty ? end : (written?.range?.[0] ?? end),
    end,
    key: pair && keyText(pair.key),
    merge: isMergeKey(pair?.key),
    value,
    decorated,
    commented: behind.some(({ type }) => type === 'comment'),
  };
}

/** An anchor, a tag, a dash or a `?` before the node counts. */
function startOf({ start }: CST.CollectionItem, node: Node | null): number {
  const first = start.find(({ type }) => !BLANK.includes(type));
  const offset = first?.offset ?? node?.range?.[0];
  if (offset === undefined) throw new CannotSplice('an entry without a place');
  return offset;
}

/** Behind the dash or the colon, and what stands between it and the value. */
function signOf(
  { start, sep }: CST.CollectionItem,
  itemStart: number,
): { readonly indicator: number; readonly behind: readonly CST.SourceToken[] } {
  const tokens = sep ?? start;
  const index = tokens.findIndex(({ type }) => INDICATORS.includes(type));
  const sign = tokens[index];
  if (sign === undefined) return { indicator: itemStart, behind: [] };
  return { indicator: sign.offset + sign.source.length, behind: tokens.slice(index + 1) };
}

/** Nothing is written; the library puts its place behind blanks. */
function isEmpty(node: Node | null): boolean {
  return isScalar(node) && node.range?.[0] === node.range?.[1];
}

/** A map's key as JSON has it; undefined for a merge key and for a key that is no scalar. */
export function keyText(key: Node | undefined): string | undefined {
  return isScalar(key) && !isMergeKey(key) ? String(key.value ?? '') : undefined;
}

/** The library reads `<<` as a symbol where it merges. */
function isMergeKey(key: Node | undefined): boolean {
  return isScalar(key) && typeof key.value === 'symbol';
}

/** Behind the last character of a node's content: a block collection ends where its last entry ends. */
export function endOf(node: Node | null | undefined): number {
  if (isCollection(node) && node.flow !== true && node.srcToken?.type !== 'flow-collection') {
    const last = itemsOf(node as Collection).at(-1);
    if (last !== undefined) return last.end;
  }
  const end = node?.range?.[1];
  if (end === undefined) throw new CannotSplice('a node without a place');
  return end;
}

/** A collection written with brackets. */
export function isFlow(collection: Collection): boolean {
  return collection.srcToken?.type === 'flow-collection';
}

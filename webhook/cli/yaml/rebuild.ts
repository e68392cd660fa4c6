import type { Document, Node } from 'yaml';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Pair,
  Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { equal } from '../../core/equal.ts';
import type { Json } from '../../core/statefulset.ts';
import { align } from './align.ts';
import { keyText } from './items.ts';
import { fieldOf, isRecord, type JsonRecord } from './record.ts';
import { scalarText } from './render.ts';
import type { Style } from './style.ts';

/**
 * The document written anew with another value: for what cannot be edited in place. Comments and the order of keys stay;
 * white space and quotes may change, aliases and merge keys are written out. Changes the document that it is given.
 */
export function rebuild(
  document: Document.Parsed,
  before: Json,
  after: Json,
  style: Style,
): string {
  changeNode(document, document.contents, before, after);
  const text = document.toString({
    lineWidth: 0,
    indent: Math.max(1, style.step),
    indentSeq: style.dash > 0,
  });
  return style.eol === '\n' ? text : text.replaceAll('\n', style.eol);
}

/** Changes a node within. False if it has to be replaced. */
function changeNode(
  document: Document.Parsed,
  node: Node | null,
  before: Json | undefined,
  after: Json,
): boolean {
  // A collection that becomes empty is replaced: the library would write comments within it where none can stand.
  if (typeof after === 'object' && after !== null && Object.keys(after).length === 0) {
    return equal(before, after) && !isAlias(node);
  }
  if (isMap<Node, Node | null>(node) && isRecord(before) && isRecord(after)) {
    changeMap(document, node, before, after);
    return true;
  }
  if (isSeq<Node>(node) && Array.isArray(before) && Array.isArray(after)) {
    changeSequence(document, node, before, after);
    return true;
  }
  return isScalar(node) && equal(before, after);
}

function changeMap(
  document: Document.Parsed,
  map: YAMLMap<Node, Node | null>,
  before: JsonRecord,
  after: JsonRecord,
): void {
  const own = map.items.filter(({ key }) => fieldOf(after, keyText(key)) !== undefined);
  for (const pair of own) {
    const key = keyText(pair.key);
    const value = fieldOf(after, key) as Json;
    if (!changeNode(document, pair.value, fieldOf(before, key), value))
      pair.value = made(document, value);
  }
  const keys = new Set(own.map(({ key }) => keyText(key)));
  const added = Object.entries(after).filter(([key]) => !keys.has(key));
  map.items = [
    ...own,
    ...added.map(
      ([key, value]) => new Pair<Node, Node>(made(document, key), made(document, value)),
    ),
  ];
}

function changeSequence(
  document: Document.Parsed,
  seq: YAMLSeq<Node>,
  before: readonly Json[],
  after: readonly Json[],
): void {
  seq.items = align(before, after)
    .filter((step) => step.kind !== 'remove')
    .map((step) => {
      const value = after[step.after] as Json;
      if (step.kind === 'insert') return made(document, value);
      const node = seq.items[step.before] as Node;
      const changed = changeNode(document, node, before[step.before], value);
      return changed ? node : made(document, value);
    });
}

/** A new node, its strings quoted so that YAML 1.1 and 1.2 read them alike. */
function made(document: Document.Parsed, value: Json): Node {
  const node = document.createNode(value, { aliasDuplicateObjects: false }) as Node;
  visit(node, { Scalar: (_, scalar) => quote(scalar) });
  return node;
}

const QUOTES = { "'": Scalar.QUOTE_SINGLE, '"': Scalar.QUOTE_DOUBLE } as const;

/** Chooses the quotes by which YAML 1.1 and 1.2 read a string alike. */
export function quote(scalar: Scalar): void {
  if (typeof scalar.value !== 'string') return;
  const mark = scalarText(scalar.value)[0];
  scalar.type = mark === "'" || mark === '"' ? QUOTES[mark] : Scalar.PLAIN;
}

import type { Node, YAMLMap, YAMLSeq } from 'yaml';
import { isAlias, isMap, isSeq } from 'yaml';
import { equal } from '../../core/equal.ts';
import type { Json } from '../../core/statefulset.ts';
import { align } from './align.ts';
import { inheritedBy, intentions } from './anchors.ts';
import { blockWriter } from './block.ts';
import type { Edit } from './edits.ts';
import { CannotSplice } from './edits.ts';
import { flowWriter } from './flow.ts';
import { type Collection, type Item, isFlow, itemsOf } from './items.ts';
import { fieldOf, isRecord, type JsonRecord } from './record.ts';
import type { Entry, Site } from './site.ts';
import { type Style, styleOf, styleWithin } from './style.ts';

/**
 * The edits of a document's source that turn the value it holds into another, and touch nothing else. Throws
 * `CannotSplice` where a change needs more than that.
 *
 * @param before - what the document holds, as `document.toJS()` gives it.
 * @param after - what it shall hold.
 */
export function spliceEdits(site: Site, before: Json, after: Json): Edit[] {
  const splice = new Splice(site, before, after);
  if (!splice.change(site.document.contents, before, after)) {
    throw new CannotSplice('the whole document changes');
  }
  return splice.edits;
}

/** Writes into one collection, from its first entry to its last. */
interface Pen {
  /** Behind the item of that index, or in front of all if it is -1. */
  insert(behind: number, entry: Entry): void;
  remove(index: number): void;
  replace(index: number, value: Json): void;
}

class Splice {
  readonly edits: Edit[] = [];
  readonly #site: Site;
  readonly #style: Style;
  /** What each node shall hold; undefined if the document has no alias. */
  readonly #intended: ReadonlyMap<Node, Json> | undefined;

  constructor(site: Site, before: Json, after: Json) {
    this.#site = site;
    this.#style = styleOf(site.document, site.source);
    this.#intended = intentions(site.document, before, after);
  }

  /** Changes a node within. False if it cannot take the new value and has to be replaced. */
  change(node: Node | null, before: Json | undefined, after: Json): boolean {
    if (isAlias(node)) return equal(this.#aliased(node), after);
    if (this.#intended === undefined && equal(before, after)) return true;
    if (isMap(node) && isRecord(before) && isRecord(after) && hasEntries(node, after)) {
      return this.#changeMap(node as Collection, before, after);
    }
    if (isSeq(node) && Array.isArray(before) && Array.isArray(after) && hasEntries(node, after)) {
      this.#changeSequence(node as Collection, before, after);
      return true;
    }
    return equal(before, after);
  }

  #changeMap(map: Collection, before: JsonRecord, after: JsonRecord): boolean {
    const items = itemsOf(map);
    const inherited = inheritedBy(items, (alias) => this.#aliased(alias));
    const own = new Set(items.map(({ key }) => key));
    if (Object.keys(inherited).some((key) => !Object.hasOwn(after, key) && !own.has(key)))
      return false;
    if (!items.some(({ key, merge }) => merge || fieldOf(after, key) !== undefined)) return false;
    const pen = this.#pen(map, items);
    for (const [index, item] of items.entries()) {
      if (!item.merge) this.#changeItem(pen, index, item, before, after);
    }
    for (const [key, value] of Object.entries(after)) {
      if (own.has(key) || equal(fieldOf(inherited, key), value)) continue;
      pen.insert(items.length - 1, { key, value });
    }
    return true;
  }

  #changeItem(pen: Pen, index: number, item: Item, before: JsonRecord, after: JsonRecord): void {
    const { key } = item;
    if (key === undefined) throw new CannotSplice('a key that is no scalar');
    const value = fieldOf(after, key);
    if (value === undefined) pen.remove(index);
    else if (!this.change(item.value, fieldOf(before, key), value)) pen.replace(index, value);
  }

  #changeSequence(seq: Collection, before: readonly Json[], after: readonly Json[]): void {
    const items = itemsOf(seq);
    const pen = this.#pen(seq, items);
    let behind = -1;
    for (const step of align(before, after)) {
      if (step.kind !== 'insert') behind = step.before;
      if (step.kind === 'remove') pen.remove(behind);
      if (step.kind === 'insert') pen.insert(behind, { value: after[step.after] as Json });
      if (step.kind !== 'keep') continue;
      const value = after[step.after] as Json;
      const node = items[behind]?.value ?? null;
      if (!this.change(node, before[behind], value)) pen.replace(behind, value);
    }
  }

  #pen(collection: Collection, items: readonly Item[]): Pen {
    const site = this.#site;
    const flow = isFlow(collection);
    const writer = flow ? flowWriter : blockWriter;
    const style = flow ? this.#style : styleWithin(collection, this.#style, site.source);
    let removed = 0;
    return {
      insert: (behind, entry) => {
        this.edits.push(writer.insert(site, style, { items, behind }, entry));
      },
      remove: (index) => {
        this.edits.push(writer.remove(site, { items, index, leading: removed === index }));
        removed += 1;
      },
      replace: (index, value) => {
        this.edits.push(writer.replace(site, style, items[index] as Item, value));
      },
    };
  }

  /** What the anchor that an alias names shall hold. */
  #aliased(alias: Node): Json {
    const anchor = isAlias(alias) ? alias.resolve(this.#site.document) : undefined;
    const value = anchor === undefined ? undefined : this.#intended?.get(anchor);
    if (value === undefined) throw new CannotSplice('an alias whose anchor goes');
    return value;
  }
}

function hasEntries(node: YAMLMap | YAMLSeq, after: object): boolean {
  return node.items.length > 0 && Object.keys(after).length > 0;
}

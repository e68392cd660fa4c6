import type { Document } from 'yaml';
import type { Json } from '../../core/statefulset.ts';
import type { Edit } from './edits.ts';
import type { Item } from './items.ts';
import type { Style } from './style.ts';

/** One document within a text: what a change of it has to know of its surroundings. */
export interface Site {
  readonly document: Document.Parsed;
  /** The text that the document's offsets refer to. */
  readonly source: string;
  /** Where the document begins and ends in it, its comments and markers included. */
  readonly from: number;
  readonly to: number;
  /** The document is JSON and must stay JSON. */
  readonly json: boolean;
}

/** Where in a collection an entry goes: behind the item of that index, or in front of all if it is -1. */
export interface Place {
  readonly items: readonly Item[];
  readonly behind: number;
}

/** An entry to be written; a map entry has a key. */
export interface Entry {
  readonly key?: string;
  readonly value: Json;
}

/** The entry that goes; `leading` if all in front of it go as well. */
export interface Removal {
  readonly items: readonly Item[];
  readonly index: number;
  readonly leading: boolean;
}

/** Makes the edits for collections of one kind, block or flow. Each throws `CannotSplice` where it would lose something. */
export interface Writer {
  insert(site: Site, style: Style, place: Place, entry: Entry): Edit;
  remove(site: Site, removal: Removal): Edit;
  replace(site: Site, style: Style, item: Item, value: Json): Edit;
}

import { isMap, type Node } from 'yaml';
import type { Json } from '../../core/statefulset.ts';
import { CannotSplice, type Edit } from './edits.ts';
import type { Item } from './items.ts';
import { isRecord } from './record.ts';
import { scalarText, scalarTextLike } from './render.ts';
import type { Entry, Place, Site, Writer } from './site.ts';
import type { Style } from './style.ts';

/** How a bracketed collection separates its parts, read off the one that is edited. */
interface Punctuation {
  readonly json: boolean;
  readonly colon: string;
  readonly comma: string;
  /** White space before an entry that has its own line, or undefined if entries share one. */
  readonly lead?: string;
  /** White space that one level adds to it. */
  readonly unit: string;
}

/** Edits of maps and sequences in brackets, which is all there is in JSON. */
export const flowWriter: Writer = {
  insert(site, style, place, entry) {
    const marks = punctuation(site, place.items);
    const text = entryText(marks, entry, style);
    const separator = separatorOf(site, style, place, marks);
    const previous = place.items[place.behind];
    if (previous !== undefined) return insertion(previous.end, separator + text);
    return insertion(place.items[0]?.start ?? 0, text + separator);
  },

  remove({ source }, { items, index, leading }) {
    const { start, end } = items[index] as Item;
    const [previous, next] = [items[index - 1], items[index + 1]];
    const edit =
      leading || previous === undefined
        ? { start, end: next?.start ?? end, text: '' }
        : { start: previous.end, end, text: '' };
    const separator = source.slice(edit.start, start) + source.slice(end, edit.end);
    if (separator.includes('#')) throw new CannotSplice('a comment in brackets');
    return edit;
  },

  replace(site, style, item, value) {
    if (item.decorated) throw new CannotSplice('an anchor or a tag before the value');
    const start = item.content;
    const gap = start === item.end && item.key !== undefined ? ' ' : '';
    const text =
      typeof value === 'string' && !site.json
        ? scalarTextLike(site.source.slice(start, item.end), value)
        : flowText(punctuation(site, [item]), value, style);
    return { start, end: item.end, text: gap + text };
  },
};

const insertion = (at: number, text: string): Edit => ({ start: at, end: at, text });

/** The separator found between the first two entries, or the usual one. */
function separatorOf({ source }: Site, style: Style, { items }: Place, marks: Punctuation): string {
  const [first, second] = items;
  const found = first && second ? source.slice(first.end, second.start) : '';
  if (/^\s*,\s*$/.test(found)) return found;
  return marks.lead === undefined ? marks.comma : `,${style.eol}${marks.lead}`;
}

function punctuation(site: Site, items: readonly Item[]): Punctuation {
  const [lead, unit] = indentation(site.source, items[0]?.start ?? 0);
  const tight = site.json && isTight(site);
  return {
    json: site.json,
    colon: tight ? ':' : ': ',
    comma: tight ? ',' : ', ',
    unit,
    ...(lead === undefined ? {} : { lead }),
  };
}

/** JSON without a blank behind its first colon. */
function isTight({ document, source }: Site): boolean {
  const pair = isMap<Node, Node | null>(document.contents) ? document.contents.items[0] : undefined;
  return source[(pair?.value?.range?.[0] ?? 0) - 1] === ':';
}

/** White space before the entry, if it has a line of its own, and what it has more than the line above that opens it. */
function indentation(source: string, start: number): [string | undefined, string] {
  const line = source.lastIndexOf('\n', start - 1) + 1;
  const lead = source.slice(line, start);
  if (line === 0 || lead.trim() !== '') return [undefined, '  '];
  const outer = outerLead(source, line, lead);
  return [lead, outer === undefined ? '  ' : lead.slice(outer.length)];
}

/** White space of the nearest line above that has less of it and is not blank. */
function outerLead(source: string, below: number, lead: string): string | undefined {
  let end = below - 1;
  while (end >= 0) {
    const start = source.lastIndexOf('\n', end - 1) + 1;
    const text = source.slice(start, end);
    const outer = leadOf(text);
    const isOuter = outer.length < lead.length && lead.startsWith(outer);
    if (isOuter && text.trim() !== '') return outer;
    end = start - 1;
  }
  return undefined;
}

const leadOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';

function entryText(marks: Punctuation, { key, value }: Entry, style: Style): string {
  const text = flowText(marks, value, style);
  return key === undefined ? text : `${flowScalar(marks, key)}${marks.colon}${text}`;
}

/** A value in brackets: over several lines only in JSON that is laid out so. */
function flowText(marks: Punctuation, value: Json, style: Style): string {
  const { json, lead, unit, colon, comma } = marks;
  if (json && lead !== undefined) {
    return JSON.stringify(value, null, unit).replaceAll('\n', style.eol + lead);
  }
  if (Array.isArray(value)) {
    return `[${value.map((entry) => flowText(marks, entry, style)).join(comma)}]`;
  }
  if (!isRecord(value)) return flowScalar(marks, value);
  const pairs = Object.entries(value).map(
    ([key, inner]) => `${flowScalar(marks, key)}${colon}${flowText(marks, inner, style)}`,
  );
  return `{${pairs.join(comma)}}`;
}

function flowScalar({ json }: Punctuation, value: Json): string {
  return json ? JSON.stringify(value) : scalarText(value);
}

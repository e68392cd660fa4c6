import { isScalar } from 'yaml';
import type { Json } from '../../core/statefulset.ts';
import { CannotSplice, type Edit } from './edits.ts';
import type { Item } from './items.ts';
import { blockEntry, blockPair, blockValue, scalarTextLike } from './render.ts';
import type { Entry, Site, Writer } from './site.ts';
import { columnOf, type Style } from './style.ts';

/** Edits of maps and sequences in block style, where each entry has lines of its own. */
export const blockWriter: Writer = {
  insert(site, style, { items, behind }, entry) {
    const first = items[0]?.start ?? 0;
    const column = columnOf(site.source, first);
    const lines = entryText(entry, column, style);
    const previous = items[behind];
    if (previous === undefined) return insertFirst(site, style, first, lines);
    const { start, atLineStart } = behindContent(site, previous.end);
    const pad = ' '.repeat(column);
    const text = atLineStart ? pad + lines + style.eol : style.eol + pad + lines;
    return { start, end: start, text };
  },

  remove(site, { items, index }) {
    const { start, end } = items[index] as Item;
    const line = lineStart(site.source, start);
    if (site.source.slice(line, start).trim() !== '') return removeInline(site, items, index);
    const behind = behindContent(site, end);
    if (behind.atLineStart) return { start: line, end: behind.start, text: '' };
    // With the line break before it, so that a last line without one leaves none behind.
    if (line > site.from)
      return { start: lineEndBefore(site.source, line), end: behind.start, text: '' };
    const lineBreak = /^\r?\n/.exec(site.source.slice(behind.start, site.to))?.[0] ?? '';
    return { start: line, end: behind.start + lineBreak.length, text: '' };
  },

  replace(site, style, item, value) {
    if (isScalar(item.value) && !isNested(value)) return replaceScalar(site, item, value);
    if (item.decorated) throw new CannotSplice('an anchor or a tag before the value');
    const lineBreak = site.source[item.end - 1] === '\n' ? style.eol : '';
    const text = replacement(site, style, item, value);
    return { start: item.indicator, end: item.end, text: text + lineBreak };
  },
};

/** What follows the dash or the colon; comments that stand there stay. */
function replacement({ source }: Site, style: Style, item: Item, value: Json): string {
  const column = columnOf(source, item.start);
  if (item.key === undefined) {
    if (item.commented) throw new CannotSplice('a comment before the entry');
    return blockEntry(value, column, style).slice(1);
  }
  const text = blockValue(value, column, style);
  if (!item.commented) return text;
  const comments = source.slice(item.indicator, item.content).trimEnd();
  return isNested(value) ? comments + text : text + comments;
}

function entryText({ key, value }: Entry, column: number, style: Style): string {
  return key === undefined
    ? blockEntry(value, column, style)
    : blockPair(key, value, column, style);
}

/** Above the comments that stand directly above the first entry, for they are about that entry. */
function insertFirst({ source, from }: Site, style: Style, first: number, lines: string): Edit {
  const pad = ' '.repeat(columnOf(source, first));
  let start = lineStart(source, first);
  if (source.slice(start, first).trim() !== '') {
    return { start: first, end: first, text: lines + style.eol + pad };
  }
  while (start > from && /^[ \t]*#/.test(source.slice(lineStart(source, start - 1), start))) {
    start = lineStart(source, start - 1);
  }
  return { start, end: start, text: pad + lines + style.eol };
}

/** An entry that shares its line with a dash before it: only what follows it can take its place. */
function removeInline({ source }: Site, items: readonly Item[], index: number): Edit {
  const { start, end } = items[index] as Item;
  const next = items[index + 1]?.start;
  if (next === undefined || source.slice(end, next).trim() !== '') {
    throw new CannotSplice('an entry that shares its line');
  }
  return { start, end: next, text: '' };
}

/** Keeps a comment behind the value. */
function replaceScalar({ source }: Site, { content: start, end }: Item, scalar: Json): Edit {
  if (source[end - 1] === '\n') throw new CannotSplice('a block scalar');
  const gap = start === end && source[start - 1] !== ' ' ? ' ' : '';
  return { start, end, text: gap + scalarTextLike(source.slice(start, end), scalar) };
}

function isNested(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** The end of the line on which content ends, behind its comment; or the start of the next if the content took it in. */
function behindContent(
  { source, to }: Site,
  end: number,
): { readonly start: number; readonly atLineStart: boolean } {
  if (source[end - 1] === '\n') return { start: end, atLineStart: true };
  const rest = /^[^\r\n]*/.exec(source.slice(end, to))?.[0] ?? '';
  if (!/^[ \t]*(?:#.*)?$/.test(rest)) throw new CannotSplice('more content on the line');
  return { start: end + rest.length, atLineStart: false };
}

function lineStart(source: string, offset: number): number {
  return offset === 0 ? 0 : source.lastIndexOf('\n', offset - 1) + 1;
}

/** The place of the line break before a line start. */
function lineEndBefore(source: string, start: number): number {
  return source[start - 2] === '\r' ? start - 2 : start - 1;
}

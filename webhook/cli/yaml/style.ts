import type { Document } from 'yaml';
import { isCollection, isMap, isPair, isSeq, visit } from 'yaml';
import { type Collection, isFlow, itemsOf } from './items.ts';

/** How a document is laid out, so that what is added looks like what stands there. */
export interface Style {
  readonly eol: '\n' | '\r\n';
  /** Columns a map stands to the right of its key. */
  readonly step: number;
  /** Columns a sequence's dash stands to the right of its key: usually 0 or the step. */
  readonly dash: number;
  /** Columns from the dash to the entry. */
  readonly gap: number;
}

/** Column of an offset: characters since the start of its line. */
export function columnOf(source: string, offset: number): number {
  return offset - (source.lastIndexOf('\n', offset - 1) + 1);
}

/** Reads the style off the first places in the document that show it. */
export function styleOf(document: Document.Parsed, source: string): Style {
  const found: { step?: number; dash?: number; gap?: number | undefined } = {};
  visit(document.contents, {
    Pair: (_, { value }, path) => {
      const parent = path.at(-1);
      if (!isMap(parent) || !isBlock(parent) || !isBlock(value)) return;
      const columns = startColumn(value, source) - startColumn(parent, source);
      if (isSeq(value)) found.dash ??= columns;
      else found.step ??= columns;
    },
    Seq: (_, seq) => {
      if (isBlock(seq)) found.gap ??= gapOf(seq, source);
    },
  });
  const lineFeed = source.indexOf('\n', document.range[0]);
  return {
    eol: lineFeed > 0 && source[lineFeed - 1] === '\r' ? '\r\n' : '\n',
    step: found.step ?? 2,
    dash: found.dash ?? 0,
    gap: found.gap ?? 2,
  };
}

/** The style with the dash where the sequences among one map's own values have it. */
export function styleWithin(map: Collection, style: Style, source: string): Style {
  for (const pair of map.items) {
    const value = isPair(pair) ? pair.value : undefined;
    if (isSeq(value) && isBlock(value)) {
      return { ...style, dash: startColumn(value, source) - startColumn(map, source) };
    }
  }
  return style;
}

function isBlock(node: unknown): node is Collection {
  return isCollection(node) && node.items.length > 0 && !isFlow(node as Collection);
}

function startColumn(collection: Collection, source: string): number {
  return columnOf(source, itemsOf(collection)[0]?.start ?? 0);
}

/** Undefined where the first entry is empty or begins on a line of its own. */
function gapOf(seq: Collection, source: string): number | undefined {
  const first = itemsOf(seq)[0];
  const value = first?.value?.range?.[0];
  if (first === undefined || value === undefined) return undefined;
  const between = source.slice(first.indicator, value);
  return /^ +$/.test(between) ? 1 + between.length : undefined;
}

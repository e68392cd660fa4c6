import { LineCounter, parseAllDocuments } from 'yaml';
import { isJson, jsonValueEnds } from './json-values.ts';
import { MANIFEST_OPTIONS } from './schema.ts';
import type { Site } from './site.ts';

/** One document of a text. */
export interface Segment extends Site {
  /** 1 for the first document of the text. */
  readonly number: number;
  /** Line of the text, from 1, on which an offset of `source` stands. */
  readonly lineOf: (offset: number) => number;
}

/** What makes a text unreadable. */
export interface SyntaxFault {
  readonly line: number;
  readonly detail: string;
}

/** A text taken apart, or what makes it unreadable. */
export type ReadText =
  | { readonly text: string; readonly segments: readonly Segment[]; readonly fault?: undefined }
  | { readonly fault: SyntaxFault };

const BYTE_ORDER_MARK = '\ufeff';

/**
 * Splits a text into its documents: YAML, JSON, or JSON values one behind the other. Duplicate keys are not a fault:
 * kubectl takes them, so they matter only in what is edited.
 */
export function readStream(text: string): ReadText {
  const body = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const segments: Segment[] = [];
  let [start, line] = [0, 1];
  for (const end of jsonValueEnds(body) ?? [body.length]) {
    const source = body.slice(start, end);
    const found = readDocuments(source, line, segments.length + 1);
    if ('fault' in found) return found;
    segments.push(...found.segments);
    line += source.split('\n').length - 1;
    start = end;
  }
  return { text, segments };
}

/** The text with some of its documents replaced; everything else is passed on as it is. */
export function writeStream(
  text: string,
  segments: readonly Segment[],
  replacements: ReadonlyMap<Segment, string>,
): string {
  const parts = segments.map((segment) => {
    const { source, from, to } = segment;
    return { old: source.slice(from, to), text: replacements.get(segment) };
  });
  const length = parts.reduce((sum, { old }) => sum + old.length, 0);
  const start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  return (
    text.slice(0, start) +
    parts.map((part) => part.text ?? part.old).join('') +
    text.slice(start + length)
  );
}

function readDocuments(
  source: string,
  firstLine: number,
  firstNumber: number,
): { readonly segments: Segment[] } | { readonly fault: SyntaxFault } {
  const lines = new LineCounter();
  const lineOf = (offset: number): number => firstLine - 1 + lines.linePos(offset).line;
  const documents = [...parseAllDocuments(source, { ...MANIFEST_OPTIONS, lineCounter: lines })];
  for (const { errors } of documents) {
    const error = errors.find(({ code }) => code !== 'DUPLICATE_KEY');
    if (error) return { fault: { line: lineOf(error.pos[0]), detail: error.message } };
  }
  const ends = documents.map(({ range }) => range[2]);
  ends[ends.length - 1] = source.length;
  const segments = documents.map((document, index): Segment => {
    const [from, to] = [ends[index - 1] ?? 0, ends[index] as number];
    const json = isJson(source.slice(from, to));
    return { document, source, from, to, json, number: firstNumber + index, lineOf };
  });
  return { segments };
}

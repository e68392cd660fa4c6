import { jsonValueEnds } from './yaml/json-values.ts';

/**
 * Texts of manifests one behind the other as one stream. A single text stays as it is; between two of them a document
 * separator is put where the second does not bring its own, unless both are JSON.
 */
export function joinStreams(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  return others.filter((text) => text.trim() !== '').reduce(join, first);
}

/** Blank lines and comments, then the separator. */
const SEPARATED = /^(?:[ \t]*(?:#.*)?\r?\n)*---(?:\s|$)/;

function join(before: string, text: string): string {
  if (before.trim() === '') return text;
  const next = text.replace(/^\ufeff/, '');
  const ended = before.endsWith('\n') ? before : `${before}\n`;
  const separated = SEPARATED.test(next) || (isJsonStream(before) && isJsonStream(next));
  if (separated) return ended + next;
  // Directives may only follow the end of a document.
  return `${ended}${/^(?:\s*#.*\n|\s*\n)*%/.test(next) ? '...' : '---'}\n${next}`;
}

function isJsonStream(text: string): boolean {
  return jsonValueEnds(text.replace(/^\ufeff/, '')) !== undefined;
}

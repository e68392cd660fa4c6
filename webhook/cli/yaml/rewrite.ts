import { parseAllDocuments } from 'yaml';
import { equal } from '../../core/equal.ts';
import type { Json } from '../../core/statefulset.ts';
import { applyEdits, CannotSplice } from './edits.ts';
import { rebuild } from './rebuild.ts';
import { MANIFEST_OPTIONS } from './schema.ts';
import type { Site } from './site.ts';
import { spliceEdits } from './splice.ts';
import { styleOf } from './style.ts';

/**
 * The text of one document with its value changed and as little else as possible: edited in place, or else written anew
 * by the YAML library (JSON: by JSON.stringify). Whatever it returns was read back and found to hold exactly `after`;
 * undefined if no way leads there.
 *
 * @param before - what the document holds, as `document.toJS()` gives it.
 */
export function rewrite(site: Site, before: Json, after: Json): string | undefined {
  for (const way of [spliced, site.json ? restated : rebuilt]) {
    const text = attempt(() => way(site, before, after));
    if (text !== undefined && holds(text, after, site.json)) return text;
  }
  return undefined;
}

function spliced(site: Site, before: Json, after: Json): string {
  return applyEdits(site.source, spliceEdits(site, before, after), site.from, site.to);
}

function rebuilt({ source, from, to, document }: Site, before: Json, after: Json): string {
  const text = source.slice(from, to).replaceAll('\r\n', '\n');
  const copy = parseAllDocuments(text, MANIFEST_OPTIONS)[0];
  if (copy === undefined) throw new CannotSplice('an empty document');
  return rebuild(copy, before, after, styleOf(document, source));
}

/** JSON written anew, with the indentation of its first indented line. */
function restated({ source, from, to }: Site, _before: Json, after: Json): string {
  const text = source.slice(from, to);
  const body = text.trim();
  const start = text.indexOf(body);
  const unit = /\n([ \t]+)\S/.exec(body)?.[1] ?? '';
  const json = JSON.stringify(after, null, unit);
  const lines = body.includes('\r\n') ? json.replaceAll('\n', '\r\n') : json;
  return text.slice(0, start) + lines + text.slice(start + body.length);
}

function attempt(way: () => string): string | undefined {
  try {
    return way();
  } catch (error) {
    if (error instanceof CannotSplice) return undefined;
    throw error;
  }
}

/** The text, read alone, is one sound document that holds the value; the way kubectl reads it. */
function holds(text: string, value: Json, json: boolean): boolean {
  try {
    return equal(json ? JSON.parse(text) : readAlone(text), value);
  } catch {
    return false; // An edit left what is no JSON, or an alias without its anchor.
  }
}

function readAlone(text: string): unknown {
  const [document, ...others] = parseAllDocuments(text, MANIFEST_OPTIONS);
  const sound = document?.errors.length === 0 && others.length === 0;
  return sound ? document.toJS() : undefined;
}

import { Document, visit } from 'yaml';
import type { SecretProviderClass } from '../core/secrets/provider-class.ts';
import type { Json } from '../core/statefulset.ts';
import { joinStreams } from './join.ts';
import { quote } from './yaml/rebuild.ts';
import type { Segment } from './yaml/stream.ts';

/**
 * The text of a document with further ones before it. A stream that began without a separator still does, so that it can be
 * told which separator is to go with the documents again.
 */
export function withDocumentsBefore(
  { number, json, source }: Segment,
  text: string,
  objects: readonly SecretProviderClass[],
): string {
  if (json) return objects.reduceRight(withJsonBefore, text);
  const isFirst = number === 1;
  return objects.reduceRight<string>((rest, object) => {
    const own = yamlOf(object, source);
    const separated = !isFirst || SEPARATED.test(rest);
    return (separated ? `---${eolOf(source)}` : '') + joinStreams([own, rest]);
  }, text);
}

/**
 * What is left of the texts of a stream's documents if some of them go. Comments that stand behind one are its
 * neighbour's; where one was written otherwise than here and holds comments, it stays.
 */
export function withoutDocuments(
  segments: readonly Segment[],
  texts: readonly string[],
  gone: ReadonlyMap<Segment, Json>,
): string[] {
  // Of a stream that began without a separator nothing but comments is left so far.
  let bare = !SEPARATED.test(texts[0] ?? '');
  return segments.map((segment, index) => {
    const [object, text = ''] = [gone.get(segment), texts[index]];
    const rest = object === undefined ? undefined : restOf(segment, text, object);
    if (rest !== undefined) return rest;
    const opens = bare && index > 0;
    bare = false;
    return opens ? text.replace(segment.json ? /^\r?\n/ : /^---\r?\n/, '') : text;
  });
}

/** Blank lines and comments, then the separator. */
const SEPARATED = /^(?:[ \t]*(?:#.*)?\r?\n)*---(?:\s|$)/;

/** What stands behind a document's own text; `undefined` if it is not written so and its comments would be lost. */
function restOf({ json, source }: Segment, text: string, object: Json): string | undefined {
  if (json) return '';
  const own = yamlOf(object, source);
  const body = text.replace(/^---\r?\n/, '');
  if (body.startsWith(own)) return body.slice(own.length).replace(/^\.\.\.\r?\n/, '');
  return text.includes('#') ? undefined : '';
}

function yamlOf(object: Json | SecretProviderClass, source: string): string {
  const document = new Document(object, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, scalar) => {
      // The list of objects stays a block, to be read.
      if (!String(scalar.value).includes('\n')) quote(scalar);
    },
  });
  return document.toString({ lineWidth: 0 }).replaceAll('\n', eolOf(source));
}

function eolOf(source: string): string {
  return source.includes('\r\n') ? '\r\n' : '\n';
}

function withJsonBefore(text: string, object: SecretProviderClass): string {
  const [blank = ''] = /^\s*/.exec(text) ?? [];
  const unit = /\n([ \t]+)\S/.exec(text)?.[1] ?? '';
  const own = JSON.stringify(object, null, unit);
  return `${blank}${own}\n${text.slice(blank.length)}`;
}

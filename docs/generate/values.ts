import { isMap, isNode, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { type Page, replaceBlock } from './page.ts';

/** The table of the chart's values in its README. */
export const valuesPage: Page = {
  file: 'charts/zonekeeper/README.md',
  render: async (current, read) =>
    replaceBlock(current, 'values', renderValuesTable(await read('charts/zonekeeper/values.yaml'))),
};

interface Row {
  readonly key: string;
  readonly type: string;
  readonly default: string;
  readonly meaning: string;
}

/**
 * Renders a chart's values.yaml as one Markdown table: key, type, default and meaning, in the file's order. A value's
 * meaning is the comment above it, its type that of its default unless the comment begins with one in brackets. A map in
 * which no key has a comment is one value, with the whole map as its default. Throws an error that names every value
 * without a comment.
 */
export function renderValuesTable(valuesYaml: string): string {
  const document = parseDocument(valuesYaml);
  if (!isMap(document.contents)) throw new Error('values.yaml must be a map');
  const rows = rowsOf(document.contents, '');
  const silent = rows.filter((row) => row.meaning === '').map((row) => row.key);
  if (silent.length > 0) throw new Error(`values without a comment: ${silent.join(', ')}`);
  return [
    '| Key | Type | Default | Meaning |',
    '|---|---|---|---|',
    ...rows.map((row) => `| \`${row.key}\` | ${row.type} | ${row.default} | ${row.meaning} |`),
  ].join('\n');
}

function rowsOf(map: YAMLMap, prefix: string): Row[] {
  return map.items.flatMap((pair, index) => {
    const key = prefix + keyOf(pair);
    const comment = commentOf(pair, index === 0 ? map : undefined);
    if (!isMap(pair.value) || !holdsComment(pair.value)) return [rowOf(key, pair.value, comment)];
    const children = rowsOf(pair.value, `${key}.`);
    if (comment === '') return children;
    return [{ key, type: 'object', default: '', meaning: escapeCell(comment) }, ...children];
  });
}

function rowOf(key: string, node: unknown, comment: string): Row {
  const value: unknown = isNode(node) ? node.toJSON() : node;
  const { type, text } = /^\((?<type>[^)]+)\) (?<text>.*)$/.exec(comment)?.groups ?? {};
  return {
    key,
    type: type ?? typeOf(value),
    default: escapeCell(`\`${JSON.stringify(value)}\``),
    meaning: escapeCell(text ?? comment),
  };
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

/**
 * The comment right above a pair, as one line; what stands above a blank line is about more than this pair. The parser
 * keeps the comment of a map's first pair with the map.
 */
function commentOf(pair: Pair, map: YAMLMap | undefined): string {
  const own = isNode(pair.key) ? pair.key.commentBefore : undefined;
  const paragraphs = (own ?? map?.commentBefore ?? '').split(/\n\s*\n/);
  return paragraphs.slice(-1).join('').replace(/\s+/g, ' ').trim();
}

function holdsComment(map: YAMLMap): boolean {
  return map.items.some(
    (pair, index) =>
      commentOf(pair, index === 0 ? map : undefined) !== '' ||
      (isMap(pair.value) && holdsComment(pair.value)),
  );
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}

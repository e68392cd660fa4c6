/**
 * Where each value of concatenated JSON ends, as kubectl accepts it; undefined if the text does not begin with an object
 * or is not JSON throughout. White space belongs to the value behind it, and to the last one at the end.
 */
export function jsonValueEnds(text: string): number[] | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  const ends: number[] = [];
  let start = 0;
  while (text.slice(start).trim() !== '') {
    const end = valueEnd(text, start);
    if (end === undefined || !isJson(text.slice(start, end))) return undefined;
    ends.push(end);
    start = end;
  }
  ends[ends.length - 1] = text.length;
  return ends;
}

/** Whether a text is one value of JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Behind the bracket that closes the first object or list. */
function valueEnd(text: string, start: number): number | undefined {
  const tokens = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[{}[\]]/g;
  tokens.lastIndex = start;
  let depth = 0;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    if (match[0] === '{' || match[0] === '[') depth += 1;
    if (match[0] === '}' || match[0] === ']') depth -= 1;
    if (depth === 0 && !match[0].startsWith('"')) return tokens.lastIndex;
  }
  return undefined;
}

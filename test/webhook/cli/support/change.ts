import { rewrite } from '../../../../webhook/cli/yaml/rewrite.ts';
import type { Segment } from '../../../../webhook/cli/yaml/stream.ts';
import { readStream } from '../../../../webhook/cli/yaml/stream.ts';
import type { Json } from '../../../../webhook/core/statefulset.ts';

/** The only document of a text. Throws if there is another number of them. */
export function onlySegment(text: string): Segment {
  const read = readStream(text);
  if (read.fault) throw new Error(`line ${read.fault.line}: ${read.fault.detail}`);
  const [segment, ...others] = read.segments;
  if (segment === undefined || others.length > 0) throw new Error('one document expected');
  return segment;
}

/** The text of one document with its value changed. Throws if there is no way. */
export function changed(text: string, change: (value: never) => unknown): string {
  const segment = onlySegment(text);
  const before = segment.document.toJS() as Json;
  const after = change(structuredClone(before) as never) as Json;
  const result = rewrite(segment, before, after);
  if (result === undefined) throw new Error(`not rewritten:\n${text}`);
  return result;
}

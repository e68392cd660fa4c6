import type { EnvFormat } from '../../../../sidecar/contract.ts';
import { parseEnvFile } from '../../../../sidecar/env/parse.ts';
import { tryRender } from '../../../../sidecar/env/render.ts';
import { EnvSyntaxError } from '../../../../sidecar/env/syntax-error.ts';

/** The whole file with one variable, or the reason why the format cannot carry it. */
export function written(format: EnvFormat, value: string, name = 'NAME'): string {
  const rendered = tryRender(Object.fromEntries([[name, value]]), format);
  if ('text' in rendered) return rendered.text;
  return rendered.refused.map(({ reason }) => `refused: ${reason}`).join();
}

/** Those of the values that are not refused at their line, the second of a file. */
export function accepted(format: EnvFormat, values: readonly string[]): string[] {
  const first = written(format, '1', 'A');
  return values.filter((value) => read(format, `${first}B=${value}`) !== 'line 2');
}

/** What a file holds, or the line that is wrong in it. */
export function read(format: EnvFormat, text: string): Record<string, string> | string {
  try {
    return parseEnvFile(text, format);
  } catch (error) {
    if (!(error instanceof EnvSyntaxError)) throw error;
    return `line ${error.line}`;
  }
}

import path from 'node:path';
import { withFiles } from './files.ts';
import { output, succeeds } from './program.ts';
import type { Reader, Unavailable } from './reader.ts';

const SOURCE = path.join(import.meta.dirname, 'PropertiesReader.java');

/** `java.util.Properties` given bytes or UTF-8 characters, in a JVM that runs from source (11 and later). */
export async function javaProperties(way: 'stream' | 'reader'): Promise<Reader | Unavailable> {
  if (!(await succeeds('java', ['-version']))) return { unavailable: 'there is no java on PATH' };
  return (texts) =>
    withFiles(texts, async (files) => {
      const found = texts.map(() => new Map<string, string>());
      const lines = (await output('java', [SOURCE, way, ...files])).split('\n');
      for (const [index, name, value] of lines.map((line) => line.split(' '))) {
        if (name === undefined || value === undefined) continue;
        found[Number(index)]?.set(name, Buffer.from(value, 'base64').toString());
      }
      return found;
    });
}

import { parseEnv } from 'node:util';
import { withFiles } from './files.ts';
import { output } from './program.ts';
import type { Reader } from './reader.ts';

const SHOW = 'process.stdout.write(JSON.stringify(Object.entries(process.env)))';

/** This Node.js, started with `--env-file`. */
export const nodeEnvFile: Reader = (texts) =>
  withFiles(texts, async (files) => {
    const shown: string[] = [];
    for (const file of files) {
      shown.push(await output(process.execPath, [`--env-file=${file}`, '--eval', SHOW]));
    }
    return shown.map((text) => new Map(JSON.parse(text) as [string, string][]));
  });

/** `util.parseEnv` of this Node.js. */
export const nodeParseEnv: Reader = async (texts) =>
  texts.map((text) => new Map(Object.entries(parseEnv(text) as Record<string, string>)));

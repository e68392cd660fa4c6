import { readFile } from 'node:fs/promises';

const FILE = new URL('../../../../webhook/image/Dockerfile', import.meta.url);

/** The Dockerfile of all images. */
export const dockerfile = (): Promise<string> => readFile(FILE, 'utf8');

/** The last words of an instruction in a stage and in those that it builds on; `''` if there is none. */
export async function instruction(stage: string, name: string): Promise<string> {
  const stages = (await dockerfile()).split(/^(?=FROM )/m);
  const own = stages.find((each) => new RegExp(`^FROM .* AS ${stage}$`, 'm').test(each)) ?? '';
  const found = own.split('\n').findLast((line) => line.startsWith(`${name} `));
  if (found !== undefined) return found.slice(name.length + 1);
  const base = /^FROM (?<base>[a-z]+) AS /.exec(own)?.groups?.base;
  return base === undefined ? '' : instruction(base, name);
}

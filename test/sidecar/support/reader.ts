/**
 * An application that reads its environment file as fast as it can until it is asked to stop: `node reader.ts FILE`. Prints as
 * JSON how often it read, how many generations it saw, and what was wrong.
 */
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { parseEnvFile } from '../../../sidecar/env/parse.ts';
import { generationOf } from './generations.ts';

const [file = ''] = process.argv.slice(2);
const seen = new Set<number>();
const wrong: string[] = [];
let reads = 0;
let latest = 0;
let isAsked = false;
process.on('SIGTERM', () => {
  isAsked = true;
});
process.stdout.write('reading\n');
while (!isAsked) {
  for (let n = 0; n < 100; n += 1) look();
  await setImmediate();
}
process.stdout.write(JSON.stringify({ reads, generations: seen.size, latest, wrong }));

function look(): void {
  reads += 1;
  try {
    const generation = generationOf(parseEnvFile(readFileSync(file, 'utf8'), 'posix'));
    if (generation < latest) throw new Error(`back from ${latest} to ${generation}`);
    latest = generation;
    seen.add(generation);
  } catch (error) {
    if (wrong.length < 10) wrong.push(String(error));
  }
}

/**
 * `npm run test:cluster [-- FILE...]`: builds the control plane if need be, outside of any test's time limit,
 * then runs the tests against it. Without a control plane it says why and runs nothing, but fails if
 * `CI` is set: there these tests may not be left out.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { COMPONENTS, findBinaries } from './binaries.ts';
import { removeLeftovers, stopLeftovers } from './leftovers.ts';

const inCi = !['', '0', 'false'].includes(process.env.CI ?? '');

async function runTests(files: readonly string[]): Promise<number> {
  await removeLeftovers();
  const root = path.join(import.meta.dirname, '..', '..');
  const env = { ...process.env, TAP_RCFILE: path.join(import.meta.dirname, 'tap.yaml') };
  const tap = spawn('tap', files, { cwd: root, env, stdio: 'inherit' });
  const [code] = (await once(tap, 'exit')) as [number | null];
  await stopLeftovers();
  return code ?? 1;
}

function withoutTests(reason: string): number {
  console.log(`The cluster tests are ${inCi ? 'required in CI, but' : 'skipped:'} ${reason}.`);
  console.log(inCi ? '0 passed, 1 failed, 0 skipped' : '0 passed, 0 failed, 1 skipped');
  return inCi ? 1 : 0;
}

const found = await findBinaries(process.env, (line) => console.error(line));
if ('unavailable' in found) {
  process.exitCode = withoutTests(found.unavailable);
} else if (inCi && COMPONENTS.some((name) => !found.paths.has(name))) {
  process.exitCode = withoutTests(`${found.origin} has not all of ${COMPONENTS.join(', ')}`);
} else {
  console.error(`Testing against ${found.origin}`);
  process.exitCode = await runTests(process.argv.slice(2));
}

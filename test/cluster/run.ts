/**
 * `npm run test:cluster [-- FILE...]`: builds the control plane if need be, outside of any test's time limit,
 * then runs the tests against it; `npm run test:cluster -- --nodes [FILE...]` runs those that need real nodes instead.
 * Where there can be no such thing it says why and runs nothing, but fails if `CI` is set: there these tests may
 * not be left out.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { COMPONENTS, findBinaries, type Unavailable } from './binaries.ts';
import { removeLeftovers, stopLeftovers } from './leftovers.ts';
import { removeCgroup } from './nodes/cgroups.ts';
import { writeImages } from './nodes/images.ts';
import { findNodeParts } from './nodes/parts.ts';
import {
  cgroupOf,
  imagesOf,
  inSandbox,
  newSandboxFolder,
  removeLeftSandboxes,
  removeSandbox,
  SANDBOX,
} from './nodes/sandbox.ts';

const inCi = !['', '0', 'false'].includes(process.env.CI ?? '');
const log = (line: string): void => console.error(line);

/** Runs the tests that a configuration of tap names, or these files; returns tap's exit code. */
async function runTests(
  configuration: string,
  files: readonly string[],
  { wrap = (command: readonly string[]) => command, env = {} } = {},
): Promise<number> {
  const [command = '', ...args] = wrap(['tap', ...files]);
  const settings = { TAP_RCFILE: path.join(import.meta.dirname, configuration), ...env };
  const tests = spawn(command, args, {
    cwd: path.join(import.meta.dirname, '..', '..'),
    env: { ...process.env, ...settings },
    stdio: 'inherit',
  });
  const [code] = (await once(tests, 'exit')) as [number | null];
  return code ?? 1;
}

async function testControlPlane(files: readonly string[]): Promise<number | Unavailable> {
  const found = await findBinaries(process.env, log);
  if ('unavailable' in found) return found;
  if (inCi && COMPONENTS.some((name) => !found.paths.has(name))) {
    return { unavailable: `${found.origin} has not all of ${COMPONENTS.join(', ')}` };
  }
  log(`Testing against ${found.origin}`);
  await removeLeftovers();
  const code = await runTests('tap.yaml', files);
  await stopLeftovers();
  return code;
}

async function testOnNodes(files: readonly string[]): Promise<number | Unavailable> {
  await removeLeftSandboxes();
  const parts = await findNodeParts(process.env, log);
  if ('unavailable' in parts) return parts;
  const folder = await newSandboxFolder();
  await writeImages(imagesOf(folder), parts);
  log(`Testing on nodes; logs in ${folder}`);
  const env = { [SANDBOX]: folder };
  const code = await runTests('nodes/tap.yaml', files, { wrap: inSandbox, env });
  await removeCgroup(cgroupOf(folder));
  // The logs of a failure stay until the next run.
  if (code === 0) await removeSandbox(folder);
  return code;
}

function withoutTests(reason: string): number {
  console.log(`The cluster tests are ${inCi ? 'required in CI, but' : 'skipped:'} ${reason}.`);
  console.log(inCi ? '0 passed, 1 failed, 0 skipped' : '0 passed, 0 failed, 1 skipped');
  return inCi ? 1 : 0;
}

const { values, positionals } = parseArgs({
  options: { nodes: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const outcome = await (values.nodes ? testOnNodes(positionals) : testControlPlane(positionals));
process.exitCode = typeof outcome === 'number' ? outcome : withoutTests(outcome.unavailable);

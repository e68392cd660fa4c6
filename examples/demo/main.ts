import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { cluster: { type: 'boolean', default: false } } });
const print = (text: string) => process.stdout.write(`${text}\n`);

if (values.cluster) {
  const { findBinaries } = await import('../../test/cluster/binaries.ts');
  const found = await findBinaries(process.env, print);
  if ('unavailable' in found) {
    print(`--cluster cannot run here: ${found.unavailable}`);
    process.exitCode = 1;
  } else {
    const { clusterDemo } = await import('./cluster.ts');
    await clusterDemo(print);
  }
} else {
  const { localDemo } = await import('./local.ts');
  await localDemo(print);
}

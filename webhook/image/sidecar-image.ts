import { SIDECAR_PORT } from '../../sidecar/contract.ts';
import { SIDECAR_REPOSITORY } from '../core/sidecar-settings.ts';
import { VERSION } from '../version.ts';
import type { Image } from './archive.ts';
import { configOf, type ImageOptions, type NodeProgram, nodeImage } from './node-image.ts';

/**
 * Small, because it runs beside every stateful pod: a little heap, and no thread that compiles or collects in the background.
 * Flags that change what V8 compiles (`--no-maglev`, `--single-threaded`, `--jitless`, `--no-icu-timezone-data`) save less than
 * they cost: with them V8 refuses the code cache of Node.js' own modules, and loading node:http takes 20 ms and not 5. SIGUSR1
 * opens no debugger, through which secrets could be read.
 */
const NODE_FLAGS = [
  '--max-old-space-size=32',
  '--max-semi-space-size=1',
  '--v8-pool-size=0',
  '--disable-sigusr1',
];

/** The sidecar, by the name that is injected where no other is configured. The webhook adds arguments; behind `--`, because Node.js would take `--env-file` for its own. */
export const SIDECAR: NodeProgram = {
  name: `docker.io/${SIDECAR_REPOSITORY}:${VERSION}`,
  main: 'sidecar.cjs',
  holds: (file) => /^sidecar(?:\.cjs|\/.*)$/.test(file),
  config: configOf('zonekeeper-sidecar', [SIDECAR_PORT], [...NODE_FLAGS, '/app/sidecar.cjs', '--']),
};

/** The image of the sidecar. */
export function sidecarImage(options: ImageOptions): Promise<Image> {
  return nodeImage(SIDECAR, options);
}

/**
 * `npm run cluster:down`: ends what `npm run cluster:up` started and keeps its objects for the next time;
 * with `-- --reset` they, its certificates and its logs are removed.
 */
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { keptFolder, stopControlPlane } from './control-plane.ts';

const { values } = parseArgs({ options: { reset: { type: 'boolean', default: false } } });
await stopControlPlane(keptFolder());
if (values.reset) await rm(keptFolder(), { recursive: true, force: true });

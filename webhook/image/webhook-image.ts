import { VERSION } from '../version.ts';
import type { Image } from './archive.ts';
import { configOf, type ImageOptions, type NodeProgram, nodeImage } from './node-image.ts';

/**
 * Flags of Node.js: pauses are short, and what code is compiled in the background does not take 25 MB (`npm run bench`).
 */
export const NODE_FLAGS = ['--max-semi-space-size=8', '--no-concurrent-recompilation'] as const;

/** The webhook. The name is what the chart asks for by default, as nodes complete a name without a registry. */
export const WEBHOOK: NodeProgram = {
  name: `docker.io/zonekeeper/zonekeeper:${VERSION}`,
  main: 'webhook.mjs',
  holds: (file) => /^(?:webhook\.mjs|selftest\.mjs|chunks\/.*)$/.test(file),
  // The chart adds arguments.
  config: configOf('zonekeeper', [8443, 8444], [...NODE_FLAGS, '/app/webhook.mjs']),
};

/** The image of the webhook. */
export function webhookImage(options: ImageOptions): Promise<Image> {
  return nodeImage(WEBHOOK, options);
}

/**
 * `npm run image [-- FILE]`: the webhook's image as an OCI archive, without a container engine or a registry,
 * from the Node.js that runs this and the bundle in dist/. The same inputs give the same bytes.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { archiveOf } from './archive.ts';
import { webhookImage } from './webhook-image.ts';

const [output = 'dist/image/zonekeeper.tar'] = process.argv.slice(2);
const image = await webhookImage({ node: process.execPath, bundle: 'dist/bundle' });
const archive = await archiveOf(image);
await mkdir(path.dirname(output), { recursive: true });
await writeFile(output, archive);
console.log(`${image.name} (linux/${image.architecture}), ${archive.length >> 20} MiB: ${output}`);

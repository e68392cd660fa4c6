/**
 * `npm run image [-- FOLDER]`: the images of webhook and sidecar as OCI archives, without a container engine or a registry,
 * from the Node.js that runs this and the bundles in dist/. The same inputs give the same bytes.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { archiveOf } from './archive.ts';
import { sidecarImage } from './sidecar-image.ts';
import { webhookImage } from './webhook-image.ts';

const [folder = 'dist/image'] = process.argv.slice(2);
const options = { node: process.execPath, bundle: 'dist/bundle' };
const images = {
  'zonekeeper.tar': await webhookImage(options),
  'zonekeeper-sidecar.tar': await sidecarImage(options),
};
await mkdir(folder, { recursive: true });
for (const [file, image] of Object.entries(images)) {
  const archive = await archiveOf(image);
  const output = path.join(folder, file);
  await writeFile(output, archive);
  console.log(
    `${image.name} (linux/${image.architecture}), ${archive.length >> 20} MiB: ${output}`,
  );
}

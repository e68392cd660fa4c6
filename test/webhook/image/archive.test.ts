import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import t from 'tap';
import { extract } from 'tar-stream';
import { archiveOf, type Image } from '../../../webhook/image/archive.ts';

const IMAGE: Image = {
  name: 'example.test:5000/tools/probe:1.2',
  architecture: 'arm64',
  config: { User: '65532:65532', Entrypoint: ['/probe'] },
  layers: [
    [{ path: '/lib/libc.so', content: Buffer.from('library') }],
    [{ path: '/probe', content: Buffer.from('program'), mode: 0o755 }],
  ],
};

type Descriptor = { mediaType: string; digest: string; size: number };

async function filesOf(archive: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for await (const entry of Readable.from([archive]).pipe(extract())) {
    files.set(entry.header.name, await buffer(entry));
  }
  return files;
}

/** Follows a descriptor as a registry client does: the bytes must be there and be what it says. */
function follow(files: ReadonlyMap<string, Buffer>, { digest, size }: Descriptor): Buffer {
  const content = files.get(`blobs/${digest.replace(':', '/')}`);
  if (!content) throw new Error(`${digest} is not in the archive`);
  t.equal(digestOf(content), digest);
  t.equal(content.length, size);
  return content;
}

const digestOf = (content: Buffer): string =>
  `sha256:${createHash('sha256').update(content).digest('hex')}`;

t.test('every part of the image can be reached from the index and verified', async (t) => {
  const files = await filesOf(await archiveOf(IMAGE));
  t.strictSame(JSON.parse(String(files.get('oci-layout'))), { imageLayoutVersion: '1.0.0' });
  const index = JSON.parse(String(files.get('index.json')));
  t.match(index, {
    schemaVersion: 2,
    manifests: [
      {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        platform: { os: 'linux', architecture: 'arm64' },
        annotations: { 'io.containerd.image.name': IMAGE.name },
      },
    ],
  });
  t.equal(index.manifests[0].annotations['org.opencontainers.image.ref.name'], '1.2');

  const manifest = JSON.parse(String(follow(files, index.manifests[0])));
  const config = JSON.parse(String(follow(files, manifest.config)));
  t.match(config, {
    os: 'linux',
    architecture: 'arm64',
    config: { User: '65532:65532', Entrypoint: ['/probe'] },
  });
  const layers = (manifest.layers as Descriptor[]).map((layer) => gunzipSync(follow(files, layer)));
  t.strictSame(config.rootfs, { type: 'layers', diff_ids: layers.map(digestOf) });
  const contents = await Promise.all(layers.map(filesOf));
  t.strictSame(
    contents.map((content) => [...content.keys()]),
    [['lib/libc.so'], ['probe']],
  );
  t.equal(files.size, 2 + 1 + 1 + layers.length, 'and holds nothing else');
});

t.test('the same image twice gives the same bytes', async (t) => {
  t.ok((await archiveOf(IMAGE)).equals(await archiveOf(IMAGE)));
});

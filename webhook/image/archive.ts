import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Entry, tarOf } from './tar.ts';

/** What a container of the image runs, in the words of the OCI image configuration. */
export interface ContainerConfig {
  readonly User?: string;
  readonly WorkingDir?: string;
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly Labels?: Readonly<Record<string, string>>;
}

export interface Image {
  /** Registry, repository and tag: what containerd and Docker call it once it is imported. */
  readonly name: string;
  /** Go's word for the processor, such as `amd64`. */
  readonly architecture: string;
  readonly config: ContainerConfig;
  /** One list a layer, the lowest first. */
  readonly layers: readonly (readonly Entry[])[];
}

interface Blob {
  readonly mediaType: string;
  readonly digest: string;
  readonly content: Buffer;
}

const OCI = 'application/vnd.oci.image';
const compress = promisify(gzip);

/** The image as an OCI image layout in a tar archive, which `ctr images import` and `docker load` read. */
export async function archiveOf(image: Image): Promise<Buffer> {
  const layers = await Promise.all(image.layers.map(layerOf));
  const config = json(`${OCI}.config.v1+json`, configOf(image, layers));
  const manifestType = `${OCI}.manifest.v1+json`;
  const manifest = json(manifestType, {
    schemaVersion: 2,
    mediaType: manifestType,
    config: descriptor(config),
    layers: layers.map(({ blob }) => descriptor(blob)),
  });
  const index = {
    schemaVersion: 2,
    mediaType: `${OCI}.index.v1+json`,
    manifests: [{ ...descriptor(manifest), platform: platform(image), annotations: names(image) }],
  };
  const blobs = [...layers.map(({ blob }) => blob), config, manifest];
  return tarOf([
    { path: 'oci-layout', content: Buffer.from('{"imageLayoutVersion":"1.0.0"}') },
    { path: 'index.json', content: Buffer.from(JSON.stringify(index)) },
    ...blobs.map(({ digest, content }) => ({
      path: `blobs/${digest.replace(':', '/')}`,
      content,
    })),
  ]);
}

interface Layer {
  readonly blob: Blob;
  /** Of the archive before compression. */
  readonly diffId: string;
}

async function layerOf(entries: readonly Entry[]): Promise<Layer> {
  const tar = await tarOf(entries);
  const content = await compress(tar);
  return {
    blob: { mediaType: `${OCI}.layer.v1.tar+gzip`, digest: sha256(content), content },
    diffId: sha256(tar),
  };
}

function configOf(image: Image, layers: readonly Layer[]): object {
  return {
    created: new Date(0).toISOString(),
    ...platform(image),
    config: image.config,
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
  };
}

function platform({ architecture }: Image): object {
  return { architecture, os: 'linux' };
}

/** The first annotation is containerd's, the second that of the OCI. */
function names({ name }: Image): object {
  return {
    'io.containerd.image.name': name,
    'org.opencontainers.image.ref.name': name.slice(name.lastIndexOf(':') + 1),
  };
}

function json(mediaType: string, value: object): Blob {
  const content = Buffer.from(JSON.stringify(value));
  return { mediaType, digest: sha256(content), content };
}

function descriptor({ mediaType, digest, content }: Blob): object {
  return { mediaType, digest, size: content.length };
}

function sha256(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

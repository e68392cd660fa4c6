import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

/** What lies at an absolute path of an image, owned by root. Folders on the way to it need no entry of their own. */
export type Entry = { readonly path: string } & (
  | { readonly content: Uint8Array /** Default 0644. */; readonly mode?: number }
  | { readonly folder: true; readonly mode: number }
  | { readonly link: string }
);

/** A tar archive whose bytes depend on nothing but the entries: sorted, of no date and nobody's. */
export async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack();
  for (const entry of entries.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const common = { name: entry.path.replace(/^\//, ''), mtime: new Date(0), uid: 0, gid: 0 };
    if ('link' in entry) archive.entry({ ...common, type: 'symlink', linkname: entry.link });
    else if ('folder' in entry) {
      archive.entry({ ...common, type: 'directory', mode: entry.mode });
    } else {
      archive.entry({ ...common, mode: entry.mode ?? 0o644 }, Buffer.from(entry.content));
    }
  }
  archive.finalize();
  return buffer(archive);
}

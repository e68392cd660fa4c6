/** A file of the repository that is made from the code, wholly or in part. */
export interface Page {
  /** Path from the repository's root. */
  readonly file: string;
  /** The file's new text. `current` is what it holds now, `''` if there is none yet; `read` reads another file. */
  render(current: string, read: ReadFile): string | Promise<string>;
}

/** Reads a file by its path from the repository's root. Rejects if there is none. */
export type ReadFile = (file: string) => Promise<string>;

/**
 * Puts `content` between the lines `<!-- NAME: made by npm run docs -->` and `<!-- /NAME -->` of a Markdown text and leaves
 * the rest as it is. Throws if the text lacks them.
 */
export function replaceBlock(text: string, name: string, content: string): string {
  const begin = `<!-- ${name}: made by npm run docs -->\n`;
  const end = `\n<!-- /${name} -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) {
    throw new Error(`no block to fill: expected the lines ${begin.trim()} and ${end.trim()}`);
  }
  return `${text.slice(0, from + begin.length)}\n${content.trim()}\n${text.slice(to)}`;
}

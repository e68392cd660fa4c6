import { type Page, type ReadFile, replaceBlock } from './page.ts';

/** The reference of the library, made from the doc comments of what it exports. */
export const libraryPage: Page = {
  file: 'docs/library.md',
  render: async (current, read) => replaceBlock(current, 'api', await reference(read)),
};

const EXPORT = /^export (?<type>type )?\{(?<names>[^}]*)\} from '\.\/(?<file>[^']*)';$/gm;

async function reference(read: ReadFile): Promise<string> {
  const index = await read('sidecar/index.ts');
  const sections = [...index.matchAll(EXPORT)].flatMap(({ groups }) => {
    const { type, names = '', file = '' } = groups ?? {};
    const values = names.split(',').map((name) => name.trim());
    return values
      .filter((name) => type === undefined && name !== '' && !name.startsWith('type '))
      .map(async (name) => section(name, await read(`sidecar/${file}`)));
  });
  return (await Promise.all(sections)).sort().join('\n\n');
}

/** The doc comment and the declaration of a name, as far as its body. */
function section(name: string, source: string): string {
  const declaration = new RegExp(
    `\\n/\\*\\*((?:(?!\\*/)[^])*)\\*/\\n(export (?:async )?(?:function|class|const)\\*? ${name}\\b[^]*?)(?: \\{| = \\[)\\n`,
  ).exec(source);
  if (declaration === null) throw new Error(`${name} has no doc comment`);
  const [, comment = '', head = ''] = declaration;
  const signature = head.replace('export ', '').replace('async ', '');
  return `### ${name}\n\n\`\`\`ts\n${signature}\n\`\`\`\n\n${prose(comment)}`;
}

/** The comment as Markdown: tags become words, examples code. */
function prose(comment: string): string {
  const text = comment
    .replace(/\n \* ?/g, '\n')
    .replace(/^ \* ?/, '')
    .trim();
  const [before = '', example] = text.split('@example\n');
  const words = before
    .replaceAll('\n', ' ')
    .replace(/\{@link (\S+?)\}/g, '`$1`')
    .replace(/@param (\w+) /g, '\n\n`$1`: ')
    .replace(/@throws \{(\w+)\} /g, '\n\nThrows `$1`: ')
    .replace(/@throws (\w+Error) /g, '\n\nThrows `$1` ')
    .replace(/@throws /g, '\n\nThrows: ')
    .replace(/@returns /g, '\n\nReturns: ')
    .replace(/ +\n/g, '\n')
    .trim();
  return example === undefined ? words : `${words}\n\n\`\`\`ts\n${example.trim()}\n\`\`\``;
}

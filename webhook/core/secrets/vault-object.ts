/** What Key Vault holds; the provider compares these words exactly, in lower case. */
export const OBJECT_TYPES = ['secret', 'cert', 'key'] as const;
export type ObjectType = (typeof OBJECT_TYPES)[number];

/** One object of a Key Vault and the file that it becomes. */
export interface VaultObject {
  readonly type: ObjectType;
  readonly name: string;
  /** 32 hexadecimal digits; absent: the current one, also after a rotation. */
  readonly version?: string;
  /** Path below the mount, of at most 253 characters; the object's name unless the list names another. */
  readonly file: string;
  /** `pfx`: a certificate's secret stays as Key Vault holds it and does not become PEM; it changes no other secret. */
  readonly format?: 'pfx';
}

/** An object, or what each wrong part of its entry should have been. */
export type ParsedObject =
  | { readonly object: VaultObject; readonly expected?: undefined }
  | { readonly expected: readonly string[] };

/** Key Vault's own rule (azure-docs, key-vault/general/about-keys-secrets-certificates). */
export const OBJECT_NAME = /^[0-9A-Za-z-]{1,127}$/;

/** Of an object. */
export const VERSION = /^[0-9A-Fa-f]{32}$/;

const FILE = /^[0-9A-Za-z._-]+(\/[0-9A-Za-z._-]+)*$/;

const LONGEST_FILE = 253;

/** Reads an entry of the annotation `secrets`: `[FILE=][secret/|cert/|key/]NAME[@VERSION]`. Blanks around a part do not count. */
export function parseObject(entry: string): ParsedObject {
  const [, alias, rest = ''] = /^(?:([^=]*)=)?(.*)$/s.exec(entry) ?? [];
  const [, prefix, name = '', version] = /^(?:([^/]*)\/)?([^@]*)(?:@(.*))?$/s.exec(rest) ?? [];
  const object = objectOf({
    type: prefix?.trim() ?? 'secret',
    name: name.trim(),
    version: version?.trim(),
    file: (alias ?? name).trim(),
  });
  const expected = faultsOf(object, alias !== undefined);
  return expected.length > 0 ? { expected } : { object: object as VaultObject };
}

/** The entry that reads as this object, always the same. */
export function objectText({ type, name, version, file }: VaultObject): string {
  const alias = file === name ? '' : `${file}=`;
  const pinned = version === undefined ? '' : `@${version}`;
  return `${alias}${type}/${name}${pinned}`;
}

interface Unchecked {
  readonly type: string;
  readonly name: string;
  readonly version?: string;
  readonly file: string;
}

function objectOf({
  version,
  ...object
}: Omit<Unchecked, 'version'> & { readonly version: string | undefined }): Unchecked {
  return version === undefined ? object : { ...object, version };
}

function faultsOf({ type, name, version, file }: Unchecked, named: boolean): string[] {
  const expected: string[] = [];
  if (!OBJECT_TYPES.some((known) => known === type)) expected.push('secret/, cert/ or key/');
  if (!OBJECT_NAME.test(name))
    expected.push('an object’s name of 1 to 127 letters, digits and hyphens');
  if (version !== undefined && !VERSION.test(version))
    expected.push('a version of 32 hexadecimal digits behind @');
  if (named && !isFile(file))
    expected.push('a relative path of letters, digits, -, _ and . without .. before =');
  return expected;
}

/**
 * Both the driver and the provider judge it (secrets-store-csi-driver v1.6, pkg/util/fileutil; provider v1.8): the path is
 * relative and clean, and `..` stands nowhere in it, not even within a name.
 */
function isFile(file: string): boolean {
  const clean = file.split('/').every((element) => element !== '.');
  return file.length <= LONGEST_FILE && FILE.test(file) && clean && !file.includes('..');
}

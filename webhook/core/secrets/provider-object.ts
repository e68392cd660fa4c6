import { parse } from 'yaml';
import type { MountedObject } from '../view.ts';
import { OBJECT_TYPES, type ObjectType } from './vault-object.ts';

/** What the provider makes of a class, or why it refuses it: then no pod that mounts the class starts. */
export type Judged<T> =
  | { readonly value: T; readonly refused?: undefined }
  | { readonly refused: string };

/**
 * What a class mounts by its parameter `objects`: YAML with a list `array` of strings, each of which is YAML again
 * (secrets-store-csi-driver-provider-azure v1.8, pkg/provider/types, validate.go).
 */
export function readMountedObjects(text: string): Judged<readonly MountedObject[]> {
  const list = fieldOf(parsed(text), 'array');
  if (!Array.isArray(list)) return { refused: 'objects has no array' };
  const objects: MountedObject[] = [];
  for (const entry of list) {
    if (typeof entry !== 'string')
      return { refused: 'an entry of objects is no string; write - |' };
    const judged = judge(fieldsOf(parsed(entry)));
    if (judged.refused !== undefined) return judged;
    objects.push(judged.value);
  }
  return objects.length > 0 ? { value: objects } : { refused: 'objects lists nothing' };
}

type Fields = (key: string) => string;

/** Every value is trimmed by the provider. */
function fieldsOf(value: unknown): Fields {
  return (key) => {
    const field = fieldOf(value, key);
    return typeof field === 'string' ? field.trim() : '';
  };
}

function judge(fields: Fields): Judged<MountedObject> {
  const name = fields('objectName');
  const type = OBJECT_TYPES.find((known) => known === fields('objectType'));
  if (name === '') return { refused: 'objectName is not set' };
  if (type === undefined) return { refused: `objectType of "${name}" is not secret, key or cert` };
  const refused = encodingFault(fields, type) ?? fileFault(fields('objectAlias') || name);
  if (refused !== undefined) return { refused: `${refused} (object "${name}")` };
  return { value: mounted(fields, type, name) };
}

function mounted(fields: Fields, type: ObjectType, name: string): MountedObject {
  const file = fields('objectAlias') || name;
  // With a history the file is a folder whose files are numbered, the newest first.
  const history = Number(fields('objectVersionHistory')) > 1;
  const permission = fields('filePermission');
  const version = fields('objectVersion');
  const encoding = ENCODINGS.find((known) => known === fields('objectEncoding').toLowerCase());
  return {
    type,
    name,
    ...(version !== '' && { version }),
    file: history ? `${file}/0` : file,
    ...(permission !== '' && { mode: modeOf(permission) }),
    ...(encoding !== undefined && { encoding }),
  };
}

const ENCODINGS = ['hex', 'base64'] as const;

/** The provider does not look whether it is octal: what is not becomes no right for anybody. */
function modeOf(permission: string): number {
  return /^0?[0-7]{3,4}$/.test(permission) ? Number.parseInt(permission, 8) : 0;
}

function encodingFault(fields: Fields, type: ObjectType): string | undefined {
  const format = fields('objectFormat').toLowerCase();
  const encoding = fields('objectEncoding').toLowerCase();
  if (!['', 'pem', 'pfx'].includes(format)) return 'objectFormat is not pem or pfx';
  if (!['', 'utf-8', ...ENCODINGS].includes(encoding))
    return 'objectEncoding is not utf-8, hex or base64';
  if (type === 'secret') return undefined;
  if (format === 'pfx') return 'objectFormat pfx is for secrets only';
  return encoding === '' ? undefined : 'objectEncoding is for secrets only';
}

function fileFault(file: string): string | undefined {
  if (file.startsWith('/')) return 'the file has an absolute path';
  return file.includes('..') ? 'the file’s name contains ..' : undefined;
}

/** Far more than any class holds: a larger text would take long to read. */
const LONGEST = 200_000;

/** Scalars stay text, as they do for the provider; `undefined` if it is no YAML. */
function parsed(text: string): unknown {
  if (text.length > LONGEST) return undefined;
  try {
    return parse(text, { schema: 'failsafe' });
  } catch {
    return undefined;
  }
}

function fieldOf(value: unknown, key: string): unknown {
  const isMap = typeof value === 'object' && value !== null;
  return isMap ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

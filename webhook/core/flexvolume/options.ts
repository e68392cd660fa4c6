import { OBJECT_NAME, OBJECT_TYPES, type ObjectType, VERSION } from '../secrets/vault-object.ts';

/** An object that a FlexVolume mounts, and its file. */
export interface FlexObject {
  readonly type: ObjectType;
  readonly name: string;
  /** 32 hexadecimal digits; absent: the current one. */
  readonly version?: string;
  readonly file: string;
}

/** A value of an option that leads to no SecretProviderClass. */
export interface Fault {
  readonly option: string;
  readonly found: string;
  readonly expected: string;
}

/** What the options of a FlexVolume list. */
export interface FlexObjects {
  readonly objects: readonly FlexObject[];
  readonly faults: readonly Fault[];
  /** Lists that the driver ignored, because they have not one entry for each name. */
  readonly ignored: readonly string[];
}

export type Options = Readonly<Record<string, string>>;

/**
 * Reads the lists of objects as the driver did (Azure/kubernetes-keyvault-flexvol v0.0.17): parted by semicolons and not
 * trimmed, the singular options of older versions counting where the plural ones are absent; aliases and versions are
 * taken only where there are as many as names.
 */
export function readFlexObjects(options: Options): FlexObjects {
  const names = listOf(options, 'keyvaultobjectnames', 'keyvaultobjectname');
  const types = listOf(options, 'keyvaultobjecttypes', 'keyvaultobjecttype');
  const aliases = listOf(options, 'keyvaultobjectaliases');
  const versions = listOf(options, 'keyvaultobjectversions', 'keyvaultobjectversion');
  const faults = [
    ...(names.length === 0 ? [fault('keyvaultobjectnames', 'nothing', 'at least one name')] : []),
    ...(types.length === names.length
      ? []
      : [
          fault(
            'keyvaultobjecttypes',
            `${types.length} types for ${names.length} names`,
            'one type for each name',
          ),
        ]),
  ];
  if (faults.length > 0) return { objects: [], faults, ignored: [] };
  const matches = (list: readonly string[]) => list.length === 0 || list.length === names.length;
  const objects = names.map((name, index) => ({
    type: types[index] as ObjectType,
    name,
    ...(matches(versions) && versions[index] && { version: versions[index] }),
    file: (matches(aliases) && aliases[index]) || name,
  }));
  const ignored = [
    ...(matches(aliases) ? [] : ['keyvaultobjectaliases']),
    ...(matches(versions) ? [] : ['keyvaultobjectversions']),
  ];
  return { objects, faults: [...objects.flatMap(faultsOf), ...clashes(objects)], ignored };
}

function fault(option: string, found: string, expected: string): Fault {
  return { option, found, expected };
}

/** A list under its plural name, else the single value that older versions took. */
function listOf(options: Options, plural: string, singular = plural): readonly string[] {
  const text = options[plural] || options[singular];
  return text ? text.split(';') : [];
}

function faultsOf({ type, name, version, file }: FlexObject): Fault[] {
  const faults: Fault[] = [];
  if (!OBJECT_TYPES.includes(type))
    faults.push(fault('keyvaultobjecttypes', type, 'secret, key or cert'));
  if (!OBJECT_NAME.test(name))
    faults.push(
      fault('keyvaultobjectnames', name, 'names of 1 to 127 letters, digits and hyphens'),
    );
  if (version !== undefined && !VERSION.test(version))
    faults.push(fault('keyvaultobjectversions', version, 'versions of 32 hexadecimal digits'));
  if (file !== name && !isPlainFile(file))
    faults.push(fault('keyvaultobjectaliases', file, 'relative paths without .. and quotes'));
  return faults;
}

/** The driver wrote `MOUNT/ALIAS`; the CSI driver refuses what is not clean (secrets-store-csi-driver v1.6, pkg/util/fileutil). */
function isPlainFile(file: string): boolean {
  const elements = file.split('/');
  const clean = elements.every((element) => element !== '' && element !== '.');
  return clean && file.length <= 253 && !file.includes('..') && /^[^"\\\p{Cc}]+$/u.test(file);
}

/** The CSI driver tells of a mount by one entry for each object, and writes one file after the other. */
function clashes(objects: readonly FlexObject[]): Fault[] {
  const twice = (values: readonly string[]) =>
    new Set(values.filter((value, index) => values.indexOf(value) < index));
  const objectsTwice = twice(objects.map(({ type, name }) => `${type}/${name.toLowerCase()}`));
  const filesTwice = twice(objects.map(({ file }) => file));
  return [
    ...[...objectsTwice].map((one) =>
      fault('keyvaultobjectnames', `${one} twice`, 'each object once'),
    ),
    ...[...filesTwice].map((one) =>
      fault('keyvaultobjectaliases', `file ${one} twice`, 'each file once'),
    ),
  ];
}

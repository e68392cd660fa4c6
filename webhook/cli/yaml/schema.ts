import type { DocumentOptions, ParseOptions, ScalarTag, SchemaOptions, Tags } from 'yaml';

/**
 * How kubectl, Helm and kustomize read plain scalars: sigs.k8s.io/yaml on its fork of go-yaml v2, which is YAML 1.1 with
 * the octals of 1.2 and without base-60 numbers; timestamps stay strings. `inject: yes` is a boolean to them, and so the
 * API server refuses it; reading it as a string here would hide that.
 */
const NULL = /^(?:~|null|Null|NULL)?$/;
const TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const INTEGER = /^[-+]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+|[1-9][\d_]*|0)$/;
const FLOAT = /^[-+]?(?:\.\d[\d_]*|\d[\d_]*(?:\.[\d_]*)?)(?:[eE][-+]?\d+)?$/;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

const scalar = (
  name: string,
  test: RegExp,
  resolve: (source: string) => unknown,
  identify: (value: unknown) => boolean = () => false,
): ScalarTag => ({
  tag: `tag:yaml.org,2002:${name}`,
  default: true,
  test,
  identify,
  resolve,
  // The source, so that a number too large for JavaScript or an octal is written as it was read.
  stringify: ({ source, value }) => source ?? String(value),
});

const TAGS: ScalarTag[] = [
  scalar(
    'null',
    NULL,
    () => null,
    (value) => value === null,
  ),
  scalar(
    'bool',
    TRUE,
    () => true,
    (value) => typeof value === 'boolean',
  ),
  scalar('bool', FALSE, () => false),
  scalar('int', INTEGER, integer),
  scalar(
    'float',
    FLOAT,
    (source) => Number(source.replaceAll('_', '')),
    (value) => typeof value === 'number',
  ),
  scalar('float', NOT_FINITE, notFinite),
];

function integer(source: string): number {
  const plain = source.replaceAll('_', '').replace(/^\+/, '');
  const sign = plain.startsWith('-') ? -1 : 1;
  const digits = plain.replace(/^-/, '');
  return sign * Number(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
}

function notFinite(source: string): number {
  if (/nan/i.test(source)) return Number.NaN;
  return source.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** Replaces the scalar tags of YAML 1.2 by those of kubectl; maps, lists, strings and merge keys stay. */
const kubernetesTags = (tags: Tags): Tags => [
  ...tags.filter(
    (tag) => typeof tag === 'string' || !/:(?:null|bool|int|float)$/.test(String(tag.tag)),
  ),
  ...TAGS,
];

/**
 * Options for reading manifests. `strict` is off because kubectl accepts what it refuses (long keys, a closing bracket
 * without indentation); errors that change the meaning are still reported.
 */
export const MANIFEST_OPTIONS: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.2',
  schema: 'core',
  merge: true,
  customTags: kubernetesTags,
  keepSourceTokens: true,
  prettyErrors: false,
  strict: false,
  logLevel: 'silent',
};

import type { Json } from '../../core/statefulset.ts';
import { isRecord } from './record.ts';
import type { Style } from './style.ts';

/** Begins with a letter, a slash or an underscore and holds nothing that YAML or a template engine reads otherwise. */
const PLAIN = /^[A-Za-z_/][\w./-]*$/;
/** What a reader of YAML 1.1 or 1.2 takes for something else than a string. */
const RESERVED = /^(?:null|true|false|yes|no|on|off|y|n)$/i;
/** Line breaks and other characters that only double quotes can carry. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/u;

/** A scalar that YAML 1.1 and 1.2 read alike, on one line: plain, in single quotes or, if it must be, in double ones. */
export function scalarText(value: Json | undefined): string {
  if (typeof value !== 'string') return JSON.stringify(value ?? null);
  if (PLAIN.test(value) && !RESERVED.test(value)) return value;
  return UNPRINTABLE.test(value) ? doubleQuoted(value) : singleQuoted(value);
}

/** The same, in the quotes of the scalar whose place it takes, if that had any. */
export function scalarTextLike(old: string, value: Json): string {
  if (typeof value !== 'string') return scalarText(value);
  if (old.startsWith('"')) return doubleQuoted(value);
  return old.startsWith("'") && !UNPRINTABLE.test(value) ? singleQuoted(value) : scalarText(value);
}

function singleQuoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A string in double quotes with everything escaped that does not print. */
function doubleQuoted(value: string): string {
  return JSON.stringify(value).replace(
    new RegExp(UNPRINTABLE, 'gu'),
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * What follows a key's colon for a value in block style: a blank and a scalar, or a line break and the lines of a
 * collection. `column` is the key's.
 */
export function blockValue(value: Json | undefined, column: number, style: Style): string {
  if (Array.isArray(value) && value.length > 0) {
    const dash = column + style.dash;
    return style.eol + pad(dash) + blockSequence(value, dash, style);
  }
  if (isRecord(value) && Object.keys(value).length > 0) {
    const inner = column + style.step;
    return style.eol + pad(inner) + blockMap(value, inner, style);
  }
  return ` ${inlineText(value)}`;
}

/** A sequence entry with its dash at `column`, without the blanks before the dash. */
export function blockEntry(value: Json, column: number, style: Style): string {
  const inner = column + style.gap;
  const lead = `-${pad(style.gap - 1)}`;
  if (Array.isArray(value) && value.length > 0) return lead + blockSequence(value, inner, style);
  if (isRecord(value) && Object.keys(value).length > 0) return lead + blockMap(value, inner, style);
  return lead + inlineText(value);
}

/** A map entry with its key at `column`, without the blanks before the key. */
export function blockPair(key: string, value: Json, column: number, style: Style): string {
  return `${scalarText(key)}:${blockValue(value, column, style)}`;
}

function blockMap(value: { readonly [key: string]: Json }, column: number, style: Style): string {
  return Object.entries(value)
    .map(([key, inner]) => blockPair(key, inner, column, style))
    .join(style.eol + pad(column));
}

function blockSequence(values: readonly Json[], column: number, style: Style): string {
  return values.map((value) => blockEntry(value, column, style)).join(style.eol + pad(column));
}

function inlineText(value: Json | undefined): string {
  if (Array.isArray(value)) return '[]';
  return isRecord(value) ? '{}' : scalarText(value);
}

const pad = (columns: number): string => ' '.repeat(columns);

import { CATALOGUE, type Code } from './catalogue.ts';

/**
 * Something a user should know, as a value. Whether it denies or warns is the business of whoever found it: its code
 * says what it usually is.
 */
export interface Problem {
  readonly code: Code;
  /** What was found, what was expected and how to mend it, in plain words without a full stop. */
  readonly found: string;
  readonly expected: string;
  readonly mend: string;
}

type Placeholder<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** The values that the sentences of a code need. */
export type Values<C extends Code> = Readonly<
  Record<Placeholder<(typeof CATALOGUE)[C]['found' | 'expected' | 'mend']>, string | number>
>;

/** The problem of that code; the values are shortened and freed of control characters. */
export function problem<C extends Code>(code: C, values: Values<C>): Problem {
  const { found, expected, mend } = CATALOGUE[code];
  const given: Readonly<Record<string, string | number>> = values;
  return {
    code,
    found: fill(found, given),
    expected: fill(expected, given),
    mend: fill(mend, given),
  };
}

/** One line: code, what was found, what was expected, how to mend it. */
export function sentence({ code, found, expected, mend }: Problem): string {
  return `${code} ${found}; expected ${expected}; ${mend}`;
}

/**
 * The sentence within what the API server passes on: it cuts warnings to 256 characters where all of them are long, and
 * drops one with a control character (Kubernetes 1.36, apiserver/pkg/endpoints/filters/warning.go).
 */
export function warningText(warning: Problem): string {
  return shorten(sentence(warning), 256);
}

/** Names as a quoted list for a sentence; long lists are cut. */
export function listed(names: Iterable<string>, most = 12): string {
  const all = [...names];
  if (all.length === 0) return '(none)';
  const shown = all.slice(0, most).map((name) => `"${shorten(name, 40)}"`);
  return all.length > most ? `${shown.join(', ')} and ${all.length - most} more` : shown.join(', ');
}

const LONGEST_VALUE = 160;

/** A name or another value from outside, shortened and freed of control characters. */
export function plain(value: string | number): string {
  return shorten(String(value).replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' '), LONGEST_VALUE);
}

function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => plain(values[name] ?? ''));
}

function shorten(text: string, limit: number): string {
  // Never more characters than code units.
  if (text.length <= limit) return text;
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}

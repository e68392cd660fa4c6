/** What a code stands for. `{name}` in the sentences is a value of the case. */
export interface Message {
  /** One sentence for the documentation: why this is said. */
  readonly why: string;
  readonly found: string;
  readonly expected: string;
  readonly mend: string;
}

/** Something a user should know, as a value: a message with the values of the case. */
export interface Problem<Code extends string = string> {
  readonly code: Code;
  /** What was found, what was expected and how to mend it, in plain words without a full stop. */
  readonly found: string;
  readonly expected: string;
  readonly mend: string;
}

type Placeholder<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** The values that the sentences of a message need. */
export type Values<M extends Message> = Readonly<
  Record<Placeholder<M['found' | 'expected' | 'mend']>, string | number>
>;

/** The problem of that code in a catalogue; the values are shortened and freed of control characters. */
export function problemOf<
  Code extends string,
  C extends Readonly<Record<Code, Message>>,
  K extends Code,
>(catalogue: C, code: K, values: Values<C[K]>): Problem<K> {
  const { found, expected, mend } = catalogue[code];
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

/** At most so many characters of a text, the last of them an ellipsis where it is longer. */
export function shorten(text: string, limit: number): string {
  // Never more characters than code units.
  if (text.length <= limit) return text;
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}

function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => plain(values[name] ?? ''));
}

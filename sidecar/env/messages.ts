/**
 * Messages about environment files, by their code. Codes are stable: one that was released never changes its meaning.
 * `{name}` in the sentences is a value of the case, and never the value of a variable.
 */
export const ENV_MESSAGES = {
  ZK801: {
    why: 'A variable that the format cannot carry would reach the application changed, and could hide the ones after it.',
    found: 'format {format} cannot carry {variables}',
    expected: 'what it can quote',
    mend: 'use another env-format, store base64, or pass the file itself as NAME_FILE',
  },
  ZK802: {
    why: 'A line that readers of the format understand differently, or not at all, is refused rather than guessed.',
    found: 'line {line} of the environment file is not {format}',
    expected: '{expected}',
    mend: 'correct the line or name the format that the file is written in',
  },
  ZK803: {
    why: 'Each format has its own quoting, so none is guessed.',
    found: 'environment format "{format}" is unknown',
    expected: 'one of {known}',
    mend: 'name one of them',
  },
  ZK804: {
    why: 'A variable that an application counts on must not be left out in silence.',
    found: 'variable {name} is to come from the file "{file}", which is not in the mount',
    expected: 'a mounted file',
    mend: 'correct the annotation env, or add the secret to those that are mounted',
  },
  ZK805: {
    why: 'Environment variables are text; bytes that are none would arrive changed.',
    found: 'the file "{file}" of variable {name} is not UTF-8 text',
    expected: 'text',
    mend: 'store it as base64, or pass the file itself as {name}_FILE',
  },
  ZK806: {
    why: 'Of two values for one variable, either choice would be wrong for somebody.',
    found: 'variable {name} has several sources: {sources}',
    expected: 'one',
    mend: 'give each its own name in the annotation env',
  },
} as const;

export type EnvCode = keyof typeof ENV_MESSAGES;

type Placeholder<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** The values that the sentences of a code need. */
export type EnvMessageValues<C extends EnvCode> = Readonly<
  Record<Placeholder<(typeof ENV_MESSAGES)[C]['found' | 'expected' | 'mend']>, string | number>
>;

/** One line: code, what was found, what was expected, how to mend it. */
export function envMessage<C extends EnvCode>(code: C, values: EnvMessageValues<C>): string {
  const { found, expected, mend } = ENV_MESSAGES[code];
  const given: Readonly<Record<string, string | number>> = values;
  return `${code} ${found}; expected ${expected}; ${mend}`.replace(/\{(\w+)\}/g, (_, name) =>
    plain(String(given[name])),
  );
}

/** Names come from outside: control characters and halves of surrogate pairs would break the line or the log. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ');
}

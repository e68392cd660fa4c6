import type { Cursor } from './cursor.ts';

/** How a variable stands in a file, or why it cannot: a noun phrase for what it has, never the value. */
export type Written = { readonly text: string } | { readonly reason: string };

/** A variable in a file that is being read. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
}

/** A grammar of environment files. Pure, and without memory. */
export interface EnvGrammar {
  /**
   * Writes one variable so that every reader of the format reads the same value back. The name is one that all targets
   * take, and the value is whole text without NUL.
   */
  write(name: string, value: string): Written;
  /** The file that holds what `write` gave, in this order. */
  join(entries: readonly string[]): string;
  /**
   * Reads a whole file, variable by variable: all that `write` writes, and of what people write all that the readers of the
   * format agree on. Throws EnvSyntaxError at the rest.
   */
  read(cursor: Cursor): Iterable<Assignment>;
}

import type { EnvFormat } from '../contract.ts';
import { EnvSyntaxError } from './syntax-error.ts';

/** A place in a text that is being read. All patterns are sticky (`/…/y`): they match right here or not at all. */
export class Cursor {
  readonly #text: string;
  readonly #format: EnvFormat;
  #at = 0;
  #line = 1;

  constructor(text: string, format: EnvFormat) {
    this.#text = text;
    this.#format = format;
  }

  /** The line of this place, counted from 1. */
  get line(): number {
    return this.#line;
  }

  get done(): boolean {
    return this.#at === this.#text.length;
  }

  /** Takes what the pattern matches, which may be nothing; `undefined` if it does not match. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return;
    this.#at = pattern.lastIndex;
    this.#line += found[0].split('\n').length - 1;
    return found;
  }

  /** Takes what the pattern matches; else the text is malformed, and `expected` tells what should have stood here. */
  expect(pattern: RegExp, expected: string): RegExpExecArray {
    return this.take(pattern) ?? this.fail(expected);
  }

  fail(expected: string, line = this.#line): never {
    throw new EnvSyntaxError(this.#format, line, expected);
  }
}

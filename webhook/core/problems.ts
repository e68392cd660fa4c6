import type * as messages from '../../sidecar/message.ts';
import { problemOf, sentence, shorten } from '../../sidecar/message.ts';
import { CATALOGUE, type Code } from './catalogue.ts';

export { listed, plain, sentence } from '../../sidecar/message.ts';

/** A problem of the catalogue. Whether it denies or warns is the business of whoever found it: its code says what it usually is. */
export type Problem = messages.Problem<Code>;

/** The values that the sentences of a code need. */
export type Values<C extends Code> = messages.Values<(typeof CATALOGUE)[C]>;

/** The problem of that code; the values are shortened and freed of control characters. */
export function problem<C extends Code>(code: C, values: Values<C>): Problem {
  return problemOf(CATALOGUE, code, values);
}

/**
 * The sentence within what the API server passes on: it cuts warnings to 256 characters where all of them are long, and
 * drops one with a control character (Kubernetes 1.36, apiserver/pkg/endpoints/filters/warning.go).
 */
export function warningText(warning: Problem): string {
  return shorten(sentence(warning), 256);
}

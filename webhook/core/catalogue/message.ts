/** What a code stands for. `{name}` in the sentences is a value of the case. */
export interface Message {
  /** One sentence for the documentation: why this is said. */
  readonly why: string;
  readonly found: string;
  readonly expected: string;
  readonly mend: string;
}

import { DEFAULT_MOUNT_PATH } from '../../sidecar/contract.ts';
import { FAST_FAILOVER_SECONDS, LONGEST_MOUNT_PATH, MOST_NAMES } from './annotations.ts';
import { type Problem, problem } from './problems.ts';
import { parseDuration, parseList, parseMountPath } from './values.ts';

export type Annotations = Readonly<Record<string, string>>;

export type Origin = 'annotation' | 'profile' | 'default';

/** A value together with where it comes from. */
export interface Wish<T> {
  readonly value: T;
  readonly origin: Origin;
}

/** Reads single annotations by their grammar and gathers what is wrong with them. */
export class AnnotationReader {
  readonly problems: Problem[] = [];
  readonly #asked: Annotations;

  /** `asked`: the annotations without prefix. */
  constructor(asked: Annotations) {
    this.#asked = asked;
  }

  /** The value as it stands, or the fallback. */
  word(key: string, fallback: string): Wish<string> {
    const value = this.text(key)?.trim();
    return value === undefined
      ? { value: fallback, origin: 'default' }
      : { value, origin: 'annotation' };
  }

  text(key: string): string | undefined {
    return this.#asked[key];
  }

  one(key: string, pattern: RegExp, expected: string): string | undefined {
    const value = this.text(key)?.trim();
    if (value === undefined) return undefined;
    return value.length <= 253 && pattern.test(value)
      ? value
      : this.malformed(key, value, expected);
  }

  nameOrNone(
    key: string,
    pattern: RegExp,
    what: string,
    fallback = 'none',
  ): Wish<string | undefined> {
    const given = this.one(key, pattern, `${what}, or none`);
    const value = given ?? fallback;
    return {
      value: value === 'none' ? undefined : value,
      origin: given !== undefined ? 'annotation' : 'profile',
    };
  }

  list(key: string, pattern: RegExp, what: string): string[] | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const names = parseList(text);
    if (names.length === 0) this.malformed(key, text, `${what}, by comma or newline`);
    if (names.length > MOST_NAMES)
      return this.malformed(key, `${names.length} names`, `at most ${MOST_NAMES}`);
    for (const name of names) {
      if (name.length > 253 || !pattern.test(name))
        this.malformed(key, name, `${what}, by comma or newline`);
    }
    const twice = new Set(names.filter((name, index) => names.indexOf(name) < index));
    this.problems.push(...[...twice].map((value) => problem('ZK105', { key, value })));
    return names;
  }

  mountPath(): Wish<string> {
    const text = this.text('mount-path');
    if (text === undefined) return { value: DEFAULT_MOUNT_PATH, origin: 'default' };
    const value = parseMountPath(text.trim());
    if (value !== undefined && value.length <= LONGEST_MOUNT_PATH)
      return { value, origin: 'annotation' };
    const expected = `an absolute path of at most ${LONGEST_MOUNT_PATH} characters, without : and ..`;
    this.malformed('mount-path', text, expected);
    return { value: DEFAULT_MOUNT_PATH, origin: 'annotation' };
  }

  duration(): number | undefined {
    const text = this.text('fast-failover');
    if (text === undefined) return undefined;
    const { least, most } = FAST_FAILOVER_SECONDS;
    const seconds = parseDuration(text.trim());
    const sound = seconds !== undefined && seconds >= least && seconds <= most;
    return sound
      ? seconds
      : this.malformed('fast-failover', text, `a duration from ${least}s to ${most}s, such as 30s`);
  }

  malformed(key: string, value: string, expected: string): undefined {
    this.problems.push(problem('ZK103', { key, value, expected }));
    return undefined;
  }
}

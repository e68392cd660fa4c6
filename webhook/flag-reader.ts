import { isIP } from 'node:net';
import { DNS_SUBDOMAIN } from './core/values.ts';
import { FLAGS, type Flag, type FlagName, type Given } from './flags.ts';

/** Reads the values of flags and gathers what is wrong with them. */
export class FlagReader {
  readonly #given: Given;
  readonly problems: string[];

  constructor(given: Given, problems: string[]) {
    this.#given = given;
    this.problems = problems;
  }

  refuse(flags: readonly FlagName[], why: string): void {
    for (const flag of flags) if (this.#given.has(flag)) this.problems.push(`--${flag} ${why}`);
  }

  has(flag: FlagName): boolean {
    return this.#given.has(flag);
  }

  text(flag: FlagName, fallback?: string): string | undefined {
    const { default: usual }: Flag = FLAGS[flag];
    return this.#given.get(flag)?.[0] ?? (fallback || usual);
  }

  required(flag: FlagName, fallback?: string): string {
    const value = this.text(flag, fallback);
    if (value === undefined) this.problems.push(`--${flag} is missing`);
    return value ?? '';
  }

  name(flag: FlagName, fallback?: string): string {
    const value = this.required(flag, fallback);
    if (value !== '' && (value.length > 253 || !DNS_SUBDOMAIN.test(value))) {
      this.#wrong(flag, value, 'a name of lower case letters, digits, - and .');
    }
    return value;
  }

  /** The name after the kind that has to stand before it; undefined if the flag is not given. */
  reference(flag: FlagName, kind: string): string | undefined {
    const value = this.text(flag);
    if (value === undefined) return undefined;
    const name = value.startsWith(kind) ? value.slice(kind.length) : '';
    if (!DNS_SUBDOMAIN.test(name)) this.#wrong(flag, value, `${kind} and a name`);
    return name;
  }

  number(flag: FlagName, most: number, fallback?: string): number {
    const value = this.required(flag, fallback);
    const whole = /^\d{1,6}$/.test(value) ? Number(value) : Number.POSITIVE_INFINITY;
    if (whole > most) this.#wrong(flag, value, `a whole number from 0 to ${most}`);
    return whole;
  }

  choice(flag: FlagName, known: readonly string[]): string {
    const value = this.required(flag);
    if (!known.includes(value)) this.#wrong(flag, value, `one of ${known.join(', ')}`);
    return value;
  }

  host(flag: FlagName): string | undefined {
    return this.hosts(flag)[0];
  }

  hosts(flag: FlagName): string[] {
    const values = this.#given.get(flag) ?? [];
    for (const value of values) {
      const sound = isIP(value) !== 0 || (value.length <= 253 && DNS_SUBDOMAIN.test(value));
      if (!sound) this.#wrong(flag, value, 'a DNS name or an IP address');
    }
    return [...values];
  }

  #wrong(flag: FlagName, value: string, expected: string): void {
    this.problems.push(`--${flag} is "${value}"; expected ${expected}`);
  }
}

import type { Json } from '../../../../webhook/core/statefulset.ts';

/** How a manifest is written; made by hand here, so that nothing of the code under test writes its own test input. */
export interface PrintStyle {
  readonly step: number;
  readonly dash: number;
  readonly gap: number;
  readonly eol: '\n' | '\r\n';
  readonly start: boolean;
  readonly finalBreak: boolean;
  /** Decides by chance, over and over, what each place looks like: flow, quotes, comments, blank lines. */
  readonly dice: readonly number[];
}

/** Writes a value as YAML in that style. */
export function print(value: Json, style: PrintStyle): string {
  const printer = new Printer(style);
  const lines = printer.block(value, 0);
  const text = [...(style.start ? ['--- # start'] : []), ...lines].join(style.eol);
  return style.finalBreak ? text + style.eol : text;
}

class Printer {
  readonly #style: PrintStyle;
  #rolls = 0;

  constructor(style: PrintStyle) {
    this.#style = style;
  }

  block(value: Json, column: number): string[] {
    const pad = ' '.repeat(column);
    if (Array.isArray(value)) {
      return value.flatMap((entry) => this.#noise(pad, this.#entry(entry, column)));
    }
    return Object.entries(value as object).flatMap(([key, inner]) =>
      this.#noise(pad, this.#pair(key, inner, column)),
    );
  }

  #roll(sides: number): boolean {
    this.#rolls += 1;
    const { dice } = this.#style;
    if (dice.length === 0) return false;
    return ((dice[this.#rolls % dice.length] ?? 0) + this.#rolls) % sides === 0;
  }

  #noise(pad: string, lines: string[]): string[] {
    const comment = this.#roll(5) ? [`${pad}# about: the next {one}`] : [];
    return [...(this.#roll(7) ? [''] : []), ...comment, ...lines];
  }

  #pair(key: string, value: Json, column: number): string[] {
    const head = `${' '.repeat(column)}${this.#scalar(key, false)}:`;
    if (!isNested(value) || this.#roll(6)) return this.#inline(head, value, column);
    const inner = column + (Array.isArray(value) ? this.#style.dash : this.#style.step);
    return [head + this.#trailing(), ...this.block(value, inner)];
  }

  #entry(value: Json, column: number): string[] {
    const { gap } = this.#style;
    const head = `${' '.repeat(column)}-${' '.repeat(gap - 1)}`;
    if (!isNested(value) || this.#roll(6)) return this.#inline(head.trimEnd(), value, column);
    const [first = '', ...rest] = this.block(value, column + gap);
    if (first === '' || first.trimStart().startsWith('#')) return [head.trimEnd(), first, ...rest];
    return [head + first.trimStart(), ...rest];
  }

  #inline(head: string, value: Json, column: number): string[] {
    if (typeof value === 'string' && /^(?:[a-z]+\n)+$/.test(value)) {
      const lines = value.split('\n').slice(0, -1);
      const pad = ' '.repeat(column + this.#style.step);
      return [`${head} |`, ...lines.map((line) => pad + line)];
    }
    if (value === null && this.#roll(2)) return [head + this.#trailing()];
    return [`${head} ${this.#flow(value)}${this.#trailing()}`];
  }

  #flow(value: Json): string {
    if (Array.isArray(value)) return `[${value.map((entry) => this.#flow(entry)).join(', ')}]`;
    if (typeof value !== 'object' || value === null) return this.#scalar(value, true);
    const pairs = Object.entries(value).map(
      ([key, inner]) => `${this.#scalar(key, true)}: ${this.#flow(inner as Json)}`,
    );
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }

  #trailing(): string {
    return this.#roll(6) ? '   # so it is' : '';
  }

  #scalar(value: Json, flow: boolean): string {
    if (typeof value !== 'string') return JSON.stringify(value);
    const plain = /^[a-z][a-z0-9-]{3,}$/.test(value) && !/^(?:true|false|null)$/.test(value);
    if (plain && this.#roll(flow ? 2 : 1)) return value;
    const simple = /^[\x20-\x7e]*$/.test(value);
    return simple && this.#roll(2) ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value);
  }
}

function isNested(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

import type { Case } from './cases.ts';
import type { Result } from './load.ts';

export const HEADS = {
  closedLoop: [
    ...['review', 'body', 'server', 'CPU µs', '× floor', 'reviews/s'],
    ...['p50 / p99 µs', 'RSS MB', 'generator busy'],
  ],
  paced: ['review', 'server', 'CPU µs', 'p50 / p99 µs', 'RSS MB'],
};

/** The head of a table in Markdown. */
export const head = (names: readonly string[]): string =>
  `${row(names)}\n${row(names.map(() => '---'))}`;

/** A row of a table in Markdown. */
export const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

export function closedLoopRow({ name, body }: Case, result: Result): string[] {
  return [
    name,
    `${(Buffer.byteLength(body) / 1000).toFixed(1)} kB`,
    result.name,
    result.cpu.toFixed(0),
    result.ratio.toFixed(2),
    grouped(result.perSecond),
    latencies(result),
    result.megabytes.toFixed(0),
    `${(result.generatorBusy * 100).toFixed(0)} %`,
  ];
}

export function pacedRow({ name }: Case, result: Result): string[] {
  return [name, result.name, result.cpu.toFixed(0), latencies(result), result.megabytes.toFixed(0)];
}

const latencies = ({ p50, p99 }: Result): string => `${grouped(p50)} / ${grouped(p99)}`;

const grouped = (value: number): string => Math.round(value).toLocaleString('en');

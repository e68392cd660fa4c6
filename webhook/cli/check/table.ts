import { styleText } from 'node:util';
import type { CheckFinding, Level, ObjectRef } from '../../core/check/finding.ts';
import type { CheckedSet, CheckReport } from '../../core/check/report.ts';
import { printable } from '../findings.ts';
import { countsOf } from './document.ts';
import { clipped, wrapped } from './text.ts';

/** Columns of a terminal that a report keeps within, but for YAML to copy. */
const WIDTH = 100;

/** How far text stands behind the level of its finding. */
const INDENT = ' '.repeat(9);

/** Where the sets are that were checked, for the last line. */
export type Scope = string;

/** A report for people: findings, then the sets, then one line that sums up. */
export function tableOf(report: CheckReport, scope: Scope, colour: boolean): string {
  const paint: Paint = colour
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_, text) => text;
  const paragraphs = [
    ...report.findings.map((finding) => findingLines(finding, paint)),
    setLines(report.sets, paint),
    [summaryOf(report, scope)],
  ].filter((lines) => lines.length > 0);
  return `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

type Style = 'red' | 'yellow' | 'bold';
type Paint = (style: Style, text: string) => string;

const STYLES: Readonly<Record<Level, Style>> = { error: 'red', warning: 'yellow' };

function findingLines({ level, object, place, problem, lines }: CheckFinding, paint: Paint) {
  const { code, found, expected, mend } = problem;
  const where = place === undefined ? '' : ` (${place})`;
  const head = `${code}  ${printable(titleOf(object) + where)}`;
  return [
    `${paint(STYLES[level], level.padEnd(INDENT.length))}${paint('bold', head)}`,
    ...indented(`${found}; expected ${expected}`),
    ...indented(`mend: ${mend}`),
    ...(lines ?? []).map((line) => printable(`${INDENT}    ${line}`)),
  ];
}

function titleOf({ kind, namespace, name }: ObjectRef): string {
  const path = [namespace, name].filter((part) => part !== undefined).join('/');
  return path === '' ? kind : `${kind} ${path}`;
}

function indented(text: string): string[] {
  return wrapped(printable(text), WIDTH - INDENT.length).map((line) => INDENT + line);
}

const COLUMNS: readonly (readonly [
  title: string,
  width: number,
  cell: (set: CheckedSet) => string,
])[] = [
  ['SET', 34, ({ namespace, name }) => (namespace === undefined ? name : `${namespace}/${name}`)],
  ['STATE', 14, ({ state }) => state],
  ['VERSION', 8, ({ version }) => version ?? '-'],
  ['PROFILE', 12, ({ profile }) => profile ?? '-'],
  ['RE-APPLY', 9, ({ reapply }) => reapply],
  ['NEXT CHANGE', 13, ({ next }) => next.join(',') || '-'],
];

function setLines(sets: readonly CheckedSet[], paint: Paint): string[] {
  if (sets.length === 0) return [];
  const row = (cells: readonly string[]) =>
    cells
      .map((cell, index) => {
        const width = COLUMNS[index]?.[1] ?? 0;
        return clipped(printable(cell), width).padEnd(width);
      })
      .join('  ')
      .trimEnd();
  const title = row(COLUMNS.map(([name]) => name));
  return [paint('bold', title), ...sets.map((set) => row(COLUMNS.map(([, , cell]) => cell(set))))];
}

function summaryOf({ findings, sets }: CheckReport, scope: Scope): string {
  const { errors, warnings } = countsOf(findings);
  const found = `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
  return `${found}; ${counted(sets.length, 'annotated StatefulSet')} in ${scope}`;
}

function counted(count: number, what: string): string {
  return `${count === 0 ? 'no' : count} ${what}${count === 1 ? '' : 's'}`;
}

import { DEFAULT_PROFILE } from '../core/annotations.ts';
import type { Context } from '../core/context.ts';
import { type ExplainedItem, type Explanation, explain } from '../core/explain.ts';
import { sentence } from '../core/problems.ts';
import { requestOf } from '../core/request.ts';
import type { StatefulSet } from '../core/statefulset.ts';

/** What becomes of one set and why, as lines for a terminal. */
export interface Description {
  readonly lines: readonly string[];
  readonly refused: boolean;
}

export function describe(set: StatefulSet, context: Context): Description {
  const explanation = explain(set, set.metadata.namespace ?? 'default', context);
  const { denials, warnings, items } = explanation;
  const asked = Object.entries(requestOf(set.metadata.annotations ?? {}));
  const facts = [
    [
      'asked for',
      asked.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(', ') || 'nothing',
    ],
    ...profileRow(explanation, context),
    ['injected', verdict(explanation)],
  ];
  return {
    lines: [
      ...columns(facts),
      ...columns(items.map((item) => itemRow(item, explanation))).map((line) => `  ${line}`),
      ...denials.map((problem) => `error: ${sentence(problem)}`),
      ...warnings.map((problem) => `warning: ${sentence(problem)}`),
    ],
    refused: denials.length > 0,
  };
}

function verdict({ inject, denials, items }: Explanation): string {
  if (denials.length > 0) return 'no, the set is refused';
  if (!inject) return 'no, the set is not opted in by zonekeeper.io/inject: "true"';
  return items.some(({ action }) => action === 'inject') ? 'yes' : 'nothing';
}

function profileRow({ profile }: Explanation, { defaultProfile }: Context): string[][] {
  if (profile === undefined) return [];
  const { value, origin } = profile;
  const byFlag = origin === 'default' && value !== DEFAULT_PROFILE && value === defaultProfile;
  return [['profile', `${value} (${byFlag ? '--profile' : origin})`]];
}

/** Injection, where, what, from where, whether and why. */
function itemRow(
  { injection, target, wanted, origin, action, why }: ExplainedItem,
  { profile }: Explanation,
): string[] {
  const from = origin === 'profile' ? `profile ${profile?.value}` : origin;
  return [
    injection,
    target,
    wanted ?? '-',
    from ?? '-',
    `${action === 'inject' ? 'injected' : 'not injected'}: ${why}`,
  ];
}

/** Rows with their columns aligned. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

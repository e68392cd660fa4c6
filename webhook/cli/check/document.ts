import type { CheckFinding } from '../../core/check/finding.ts';
import type { CheckReport } from '../../core/check/report.ts';

/** The shape of `-o json` and `-o yaml`. Fields may be added to it; what is taken away or changed makes another version. */
export const SHAPE_VERSION = 1;

/** A report as a plain object, with everything in a stable order. */
export function documentOf({ sets, findings, ...about }: CheckReport): object {
  return {
    version: SHAPE_VERSION,
    ...about,
    summary: { ...countsOf(findings), sets: sets.length },
    findings: findings.map(({ level, object, place, problem, lines }) => ({
      code: problem.code,
      level,
      object,
      ...(place !== undefined && { place }),
      message: `${problem.found}; expected ${problem.expected}`,
      mend: problem.mend,
      ...(lines !== undefined && { lines }),
    })),
    sets,
  };
}

export function countsOf(findings: readonly CheckFinding[]): { errors: number; warnings: number } {
  const errors = findings.filter(({ level }) => level === 'error').length;
  return { errors, warnings: findings.length - errors };
}

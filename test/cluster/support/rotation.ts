import type { Test } from 'tap';
import type { ControlPlane } from '../control-plane.ts';
import { until } from '../until.ts';
import { callMeanwhile } from './calls.ts';
import type { Replicas } from './replicas.ts';

/** What a rotation of the CA comes through, in order: each begins when it is seen in the Secret or the caBundle. */
export const PHASES = ['asked', 'published', 'switched', 'dropped'] as const;
export type Phase = (typeof PHASES)[number];

/** A leader that is gone is replaced after 15 s. */
const PATIENCE = 90_000;

/** Asks for a new CA, as an administrator does. */
export async function askForRotation(replicas: Replicas): Promise<void> {
  const annotations = { 'zonekeeper.io/rotate-ca': 'true' };
  await replicas.patchSecret({ metadata: { annotations } });
}

/** Resolves when the rotation away from the CA `old` (PEM), which was asked for, has come to that phase. */
export async function untilPhase(replicas: Replicas, phase: Phase, old: string): Promise<void> {
  await until(
    `a CA that is ${phase}`,
    async () => {
      const files = await replicas.files();
      const published = files['ca.crt'] ?? '';
      if (phase === 'asked') return true;
      if (phase === 'published') return files['next-ca.key'] !== undefined;
      if (phase === 'switched') return !published.startsWith(old);
      return !(await replicas.bundle()).includes(old) && !published.includes(old);
    },
    PATIENCE,
  );
}

/** Every call has to be answered while that happens. */
export async function unnoticed(
  t: Test,
  cluster: ControlPlane,
  happen: () => Promise<void>,
): Promise<void> {
  const { answered, failures } = await callMeanwhile(cluster, happen);
  t.strictSame(failures, []);
  t.ok(answered > 0);
}

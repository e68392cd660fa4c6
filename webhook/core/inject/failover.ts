import { problem } from '../problems.ts';
import type { PodSpec, Toleration } from '../statefulset.ts';
import { type Injected, leftAlone, withList } from './injected.ts';

/** Tolerations that were put in. */
export interface FailoverEntry {
  readonly seconds: number;
  readonly keys: readonly string[];
}

/** Taints of a node that is lost; a pod without a toleration of its own gets one of 300 s for each. */
export const FAILOVER_KEYS = [
  'node.kubernetes.io/not-ready',
  'node.kubernetes.io/unreachable',
] as const;

/** Lets the pods leave a lost node after so many seconds, where the template says nothing of it itself. */
export function injectFailover(spec: PodSpec, seconds: number): Injected<FailoverEntry> {
  const own = spec.tolerations ?? [];
  const tolerated = FAILOVER_KEYS.filter((key) =>
    own.some((toleration) => tolerates(toleration, key)),
  );
  const keys = FAILOVER_KEYS.filter((key) => !tolerated.includes(key));
  const warnings = tolerated.map((key) => problem('ZK214', { key }));
  if (keys.length === 0) return leftAlone(spec, warnings);
  const tolerations = [...own, ...keys.map((key) => tolerationOf(key, seconds))];
  return { spec: { ...spec, tolerations }, entry: { seconds, keys }, denials: [], warnings };
}

/** Removes exactly the tolerations that were put in. */
export function stripFailover(spec: PodSpec, { seconds, keys }: FailoverEntry): PodSpec {
  const all = spec.tolerations ?? [];
  const kept = all.filter(
    (toleration) =>
      !(
        keys.includes(toleration.key ?? '') &&
        toleration.operator === 'Exists' &&
        toleration.effect === 'NoExecute' &&
        toleration.tolerationSeconds === seconds
      ),
  );
  return kept.length === all.length ? spec : withList(spec, 'tolerations', kept);
}

function tolerationOf(key: string, tolerationSeconds: number): Toleration {
  return { key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds };
}

/** Without key and with `Exists` everything is tolerated; without effect, every effect. */
function tolerates({ key, operator, effect }: Toleration, taint: string): boolean {
  const sameKey = key === taint || (!key && operator === 'Exists');
  return sameKey && (!effect || effect === 'NoExecute');
}

import { type Problem, problem } from '../../core/problems.ts';
import type { GivenFlags } from '../arguments.ts';

export const FORMATS = ['table', 'json', 'yaml'] as const;
export type Format = (typeof FORMATS)[number];

const ABOUT_A_CLUSTER = [
  ['--kubeconfig', 'kubeconfig'],
  ['--context', 'context'],
  ['--namespace', 'namespace'],
  ['--all-namespaces', 'allNamespaces'],
  ['--before-uninstall', 'beforeUninstall'],
] as const satisfies (readonly [string, keyof GivenFlags])[];

/** Flags that do not go together, or have no meaning. */
export function contradictions(flags: GivenFlags): Problem[] {
  const wrong = (flag: string, detail: string, expected: string) =>
    problem('ZK502', { flag, detail, expected, command: 'check' });
  const { files, namespace, allNamespaces, output } = flags;
  return [
    ...ABOUT_A_CLUSTER.filter(([, key]) => files.length > 0 && flags[key] !== undefined).map(
      ([flag]) => wrong(flag, 'is about a cluster', 'it without -f'),
    ),
    ...(namespace !== undefined && allNamespaces
      ? [wrong('--all-namespaces', 'is given beside --namespace', 'one of them')]
      : []),
    ...(formatOf(flags) === undefined
      ? [wrong('--output', `is "${output}"`, FORMATS.join(', '))]
      : []),
  ];
}

/** `undefined` for what is no format. */
export function formatOf({ output = 'table' }: GivenFlags): Format | undefined {
  return FORMATS.find((format) => format === output);
}

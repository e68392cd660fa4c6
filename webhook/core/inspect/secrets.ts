import { type Problem, problem } from '../problems.ts';
import type { Inspected } from './inspected.ts';

/** SecretProviderClasses that the pods could not mount: they would wait in ContainerCreating. */
export function inspectSecrets({ namespace, context, parts }: Inspected): Problem[] {
  const { secretProviderClasses: known } = context.view;
  if (known === undefined) return [];
  return (parts.marker?.secrets ?? [])
    .filter(({ class: name }) => !known.has(`${namespace}/${name}`))
    .map(({ class: name }) => problem('ZK223', { class: name, namespace }));
}

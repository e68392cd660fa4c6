import { type Problem, problem } from '../problems.ts';
import type { SecretProviderClassFacts } from '../view.ts';
import type { Inspected } from './inspected.ts';

/**
 * SecretProviderClasses that the pods could not mount: they would wait in ContainerCreating. The class that zonekeeper
 * makes is not there yet, and sound.
 */
export function inspectSecrets({ namespace, context, parts }: Inspected): Problem[] {
  const { secretProviderClasses: known } = context.view;
  if (known === undefined) return [];
  const { secrets, vault } = parts.marker ?? {};
  return (secrets ?? [])
    .filter((entry) => entry.class !== vault?.class)
    .flatMap(({ class: name }) => {
      const facts = known.get(`${namespace}/${name}`);
      return facts ? judge(name, facts) : [problem('ZK223', { class: name, namespace })];
    });
}

function judge(name: string, { provider, refused }: SecretProviderClassFacts): Problem[] {
  if (provider !== 'azure') return [problem('ZK232', { class: name, provider })];
  return refused === undefined ? [] : [problem('ZK235', { class: name, refused })];
}

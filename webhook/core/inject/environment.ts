import { ENV_FILE, ENV_FILE_VARIABLE, ENV_FOLDER, ENV_VOLUME } from '../../../sidecar/contract.ts';
import { type Problem, problem } from '../problems.ts';
import type { Container, EnvVar, PodSpec, VolumeMount } from '../statefulset.ts';
import { type Injected, withList } from './injected.ts';
import { LISTS, withoutMounts } from './mounts.ts';

/** Variables that are put into one template at most. */
const MOST_VARIABLES = 5000;

/** What the containers were given to find their variables by. */
export type EnvironmentEntry =
  | { readonly delivery: 'file' }
  /** The kubelet itself sets these variables. */
  | { readonly delivery: 'kubernetes'; readonly variables: readonly string[] };

export interface EnvironmentPlan {
  readonly entry: EnvironmentEntry;
  /** `undefined`: every container, init containers too. */
  readonly containers: readonly string[] | undefined;
}

/**
 * Gives the environment file to the chosen containers: mounted read-only, or by variables that the kubelet reads from it.
 * They come before the containers' own, so that these can refer to them by `$(NAME)`.
 */
export function injectEnvironment(
  spec: PodSpec,
  plan: EnvironmentPlan,
): Injected<EnvironmentEntry> {
  const { entry } = plan;
  const variables = variablesFor(entry);
  const chosen = LISTS.flatMap((list) => (spec[list] ?? []).filter(chosenBy(plan)));
  const denials = [
    ...tooManyVariables(variables, chosen),
    ...chosen.flatMap((one) => [...takenNames(one, variables), ...takenPaths(one, entry)]),
  ];
  if (denials.length > 0) return { spec, entry, denials, warnings: [] };
  let done = spec;
  for (const list of LISTS) {
    const containers = done[list];
    if (!containers?.some(chosenBy(plan))) continue;
    const given = containers.map((one) =>
      chosenBy(plan)(one) ? give(one, entry, variables) : one,
    );
    done = { ...done, [list]: given };
  }
  return { spec: done, entry, denials, warnings: [] };
}

/** Removes the mount and the variables that were put in. */
export function stripEnvironment(spec: PodSpec, { entry, containers }: EnvironmentPlan): PodSpec {
  const isChosen = chosenBy({ containers });
  const variables = new Map(variablesFor(entry).map((one) => [one.name, one]));
  const ours = (one: EnvVar) => isSame(one, variables.get(one.name));
  const bare = withoutVariables(spec, (container, one) => isChosen(container) && ours(one));
  if (entry.delivery !== 'file') return bare;
  return withoutMounts(bare, (container, mount) => isChosen(container) && isEnvMount(mount));
}

/** The pod spec without the variables that are picked; every list and container that keeps its own is shared. */
export function withoutVariables(
  spec: PodSpec,
  picks: (container: Container, variable: EnvVar) => boolean,
): PodSpec {
  let done = spec;
  for (const list of LISTS) {
    const all = spec[list] ?? [];
    const bare = all.map((container) => {
      const env = container.env ?? [];
      const kept = env.filter((one) => !picks(container, one));
      return kept.length === env.length ? container : withList(container, 'env', kept);
    });
    if (bare.some((container, index) => container !== all[index])) done = { ...done, [list]: bare };
  }
  return done;
}

/** A mount as the application gets it. */
export function isEnvMount({ name, mountPath, readOnly }: VolumeMount): boolean {
  return name === ENV_VOLUME && mountPath === ENV_FOLDER && readOnly === true;
}

/** The variable that names the environment file. */
export function isFileVariable({ name, value }: EnvVar): boolean {
  return name === ENV_FILE_VARIABLE && value === ENV_PATH;
}

const ENV_PATH = `${ENV_FOLDER}/${ENV_FILE}`;

function variablesFor(entry: EnvironmentEntry): EnvVar[] {
  if (entry.delivery === 'file') return [{ name: ENV_FILE_VARIABLE, value: ENV_PATH }];
  return entry.variables.map((name) => ({
    name,
    valueFrom: {
      fileKeyRef: { volumeName: ENV_VOLUME, path: ENV_FILE, key: name, optional: false },
    },
  }));
}

function isSame(one: EnvVar, other: EnvVar | undefined): boolean {
  if (other === undefined || one.value !== other.value) return false;
  const [a, b] = [one.valueFrom?.fileKeyRef, other.valueFrom?.fileKeyRef];
  return a?.volumeName === b?.volumeName && a?.path === b?.path && a?.key === b?.key;
}

function chosenBy({ containers }: Pick<EnvironmentPlan, 'containers'>) {
  const names = containers && new Set(containers);
  return ({ name }: Container): boolean => names === undefined || names.has(name);
}

function give(container: Container, entry: EnvironmentEntry, variables: readonly EnvVar[]) {
  const env = [...variables, ...(container.env ?? [])];
  if (entry.delivery !== 'file') return { ...container, env };
  const mount: VolumeMount = { name: ENV_VOLUME, readOnly: true, mountPath: ENV_FOLDER };
  return { ...container, env, volumeMounts: [...(container.volumeMounts ?? []), mount] };
}

function takenNames(container: Container, variables: readonly EnvVar[]): Problem[] {
  const own = new Set((container.env ?? []).map(({ name }) => name));
  return variables
    .filter(({ name }) => own.has(name))
    .map(({ name }) => problem('ZK136', { container: container.name, name }));
}

function takenPaths(container: Container, { delivery }: EnvironmentEntry): Problem[] {
  if (delivery !== 'file') return [];
  return (container.volumeMounts ?? [])
    .filter(({ mountPath }) => `${mountPath.replace(/\/+$/, '')}/`.startsWith(`${ENV_FOLDER}/`))
    .map(({ name: volume, mountPath: path }) =>
      problem('ZK137', { container: container.name, volume, path }),
    );
}

/** Every variable goes into every chosen container, so a small object could be made into one that fills the memory. */
function tooManyVariables(variables: readonly EnvVar[], chosen: readonly Container[]): Problem[] {
  if (variables.length * chosen.length <= MOST_VARIABLES) return [];
  const value = `${variables.length} variables for ${chosen.length} containers`;
  return [problem('ZK103', { key: 'env', value, expected: `at most ${MOST_VARIABLES} in all` })];
}

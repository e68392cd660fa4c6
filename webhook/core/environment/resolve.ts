import { ENV_FOLDER } from '../../../sidecar/contract.ts';
import type { Profile } from '../configuration.ts';
import type { Context } from '../context.ts';
import type { EnvironmentEntry } from '../inject/environment.ts';
import { type Problem, problem } from '../problems.ts';
import { SIDECAR_REPOSITORY } from '../sidecar-settings.ts';
import type { ClusterVersion } from '../view.ts';
import { sidecarArguments, verifyArguments } from './arguments.ts';
import type { MountedClass } from './mounted.ts';
import type { DeliveryPlan, VerifyPlan } from './plan.ts';
import { type Variables, variablesOf } from './variables.ts';
import type { SidecarWishes } from './wishes.ts';

export interface Resolved {
  /** `undefined`: no sidecar is wanted. */
  readonly plan: DeliveryPlan | undefined;
  readonly denials: readonly Problem[];
}

/** What the wishes come to for the classes that are mounted, or every reason why they cannot be fulfilled. */
export function resolveDelivery(
  wishes: SidecarWishes,
  classes: readonly MountedClass[],
  profile: Profile,
  context: Context,
): Resolved {
  if (classes.length === 0 || wishes.sidecar === false) {
    return { plan: undefined, denials: idle(wishes, classes) };
  }
  const found = variablesOf(wishes.environment, classes);
  const denials = [
    ...outdated(wishes, context.view.version),
    ...overlapping(classes),
    ...found.denials,
    ...undeliverable(wishes, found),
  ];
  if (denials.length > 0) return { plan: undefined, denials };
  return { plan: planFor(wishes, classes, found, profile, context), denials };
}

/** Annotations that would do nothing, though an application waits for what they promise. */
function idle({ asked, sidecar }: SidecarWishes, classes: readonly MountedClass[]): Problem[] {
  const off = sidecar === false;
  const keys = sidecar === true && classes.length === 0 ? ['sidecar', ...asked] : asked;
  const why = off ? 'zonekeeper.io/sidecar is "false"' : 'no secrets are mounted';
  return keys.map((key) => problem('ZK130', { key, why }));
}

/** Minor versions of Kubernetes 1 that have what is asked for. */
const NATIVE_SIDECARS = 29;
const FILE_KEYS = 35;
const RESTART_RULES = 36;

function outdated(wishes: SidecarWishes, version: ClusterVersion | undefined): Problem[] {
  const found = version === undefined ? 'is not known' : `is ${version.major}.${version.minor}`;
  const since = (minor: number) =>
    version !== undefined && (version.major > 1 || version.minor >= minor);
  const needs = (key: string, value: string, minor: number) =>
    problem('ZK133', { key, value, found, least: `1.${minor}` });
  const { delivery } = wishes.environment;
  const { action } = wishes.rotation;
  return [
    ...(version === undefined || since(NATIVE_SIDECARS)
      ? []
      : [needs('sidecar', 'true', NATIVE_SIDECARS)]),
    ...(delivery === 'kubernetes' && !since(FILE_KEYS)
      ? [needs('env-delivery', delivery, FILE_KEYS)]
      : []),
    ...(action === 'restart' && !since(RESTART_RULES)
      ? [needs('on-rotation', action, RESTART_RULES)]
      : []),
  ];
}

/** Mounts within each other: the inner one could not be made in the other, which is read-only. */
function overlapping(classes: readonly MountedClass[]): Problem[] {
  const inside = (path: string) =>
    `${ENV_FOLDER}/`.startsWith(`${path}/`) || path.startsWith(`${ENV_FOLDER}/`);
  const taken = classes.find(({ path }) => inside(path));
  if (taken === undefined) return [];
  const expected = `a path outside of ${ENV_FOLDER} and not above it`;
  return [problem('ZK103', { key: 'mount-path', value: taken.path, expected })];
}

/** What the kubelet cannot read or does not know. */
function undeliverable({ environment }: SidecarWishes, { unknown }: Variables): Problem[] {
  if (environment.delivery !== 'kubernetes') return [];
  const { format } = environment;
  return [
    ...(format === undefined ? [] : [problem('ZK140', { format })]),
    ...unknown.map((one) => problem('ZK134', { class: one.folder })),
  ];
}

function planFor(
  wishes: SidecarWishes,
  classes: readonly MountedClass[],
  { variables, unknown }: Variables,
  profile: Profile,
  { configuration, version }: Context,
): DeliveryPlan {
  const { delivery, format = 'posix' } = wishes.environment;
  const { rotation } = wishes;
  const task = { classes, variables, unknown, rotation };
  const written = delivery === 'none' ? undefined : delivery === 'file' ? format : 'kubernetes';
  return {
    sidecar: {
      image: profile.sidecar.image ?? configuration.sidecarImage ?? imageOf(version),
      settings: profile.sidecar,
      arguments: sidecarArguments({ ...task, format: written }),
      restarts: rotation.action === 'restart',
      verify: wishes.verify.value ? verification(classes) : undefined,
    },
    environment: environmentOf(
      delivery,
      variables.map(({ name }) => name),
    ),
  };
}

/** A tag cannot hold what build metadata begins with. */
function imageOf(version: string): string {
  return `${SIDECAR_REPOSITORY}:${version.replaceAll('+', '_')}`;
}

function verification(classes: readonly MountedClass[]): VerifyPlan {
  const [first] = classes.flatMap(({ identity }) => identity ?? []);
  return { arguments: verifyArguments(classes), identity: first };
}

function environmentOf(
  delivery: SidecarWishes['environment']['delivery'],
  variables: readonly string[],
): EnvironmentEntry | undefined {
  if (delivery === 'none') return undefined;
  if (delivery === 'file') return { delivery };
  return variables.length > 0 ? { delivery, variables } : undefined;
}

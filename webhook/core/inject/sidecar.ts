import { hash } from 'node:crypto';
import { ENV_VOLUME, SIDECAR_NAME } from '../../../sidecar/contract.ts';
import type { SidecarPlan } from '../environment/plan.ts';
import { type Problem, problem } from '../problems.ts';
import type { Container, PodSpec, PodTemplate, Volume } from '../statefulset.ts';
import { type Injected, withList } from './injected.ts';
import type { SecretsEntry } from './secrets.ts';
import { sidecarCollisions } from './sidecar-collisions.ts';
import {
  ENV_VOLUME_MADE,
  sidecarContainer,
  TOKEN_VOLUME,
  TOKEN_VOLUME_MADE,
  type Verification,
} from './sidecar-container.ts';
import { sidecarUser } from './sidecar-user.ts';

/** A sidecar that was put in. */
export interface SidecarEntry {
  /** Digest of what was made for the request; absent: not known. Others may have changed the container since. */
  readonly of?: string;
  /** Whether it has a token of its own to sign in to Microsoft Entra. */
  readonly token?: true;
}

/** A sidecar as it stands in a template, to be put in again as it is. */
export interface KeptSidecar {
  readonly container: Container;
  readonly volumes: readonly Volume[];
  readonly of: string | undefined;
}

export type AnySidecar = SidecarPlan | KeptSidecar;

/** What a sidecar is put beside. */
export interface Surroundings {
  /** The classes that are mounted, whose volumes the template has already. */
  readonly mounts: readonly SecretsEntry[];
  /** Of the template. */
  readonly labels: Readonly<Record<string, string>>;
  readonly claimNames: readonly string[];
  /** The stored sidecar: it stays if it was made just as one would be made now, with what others have made of it since. */
  readonly standing?: KeptSidecar | undefined;
}

/** Puts the sidecar before every other init container, and its volumes after the others. */
export function injectSidecar(
  spec: PodSpec,
  sidecar: AnySidecar,
  surroundings: Surroundings,
): Injected<SidecarEntry> {
  const { container, volumes, of, warnings } = made(spec, sidecar, surroundings);
  const token = volumes.some(({ name }) => name === TOKEN_VOLUME);
  const entry: SidecarEntry = { ...(of !== undefined && { of }), ...(token && { token }) };
  const denials = sidecarCollisions(spec, volumes, surroundings.claimNames);
  if (denials.length > 0) return { spec, entry, denials, warnings };
  const done: PodSpec = {
    ...spec,
    initContainers: [container, ...(spec.initContainers ?? [])],
    volumes: [...(spec.volumes ?? []), ...volumes],
  };
  return { spec: done, entry, denials, warnings };
}

/** Removes the container and its volumes, whatever another webhook has made of the container since. */
export function stripSidecar(spec: PodSpec, { token }: SidecarEntry): PodSpec {
  const ours = (volume: Volume) => isEnvVolume(volume) || (token === true && isTokenVolume(volume));
  return withoutVolumes(withoutSidecar(spec), ours);
}

/** The sidecar of a template, to be put in again as it stands; `undefined` if it holds none. */
export function keptSidecar({ spec }: PodTemplate, entry?: SidecarEntry): KeptSidecar | undefined {
  const container = (spec.initContainers ?? []).find(isSidecar);
  if (container === undefined) return undefined;
  const mounted = new Set((container.volumeMounts ?? []).map(({ name }) => name));
  const found = (spec.volumes ?? []).filter(
    (volume) => mounted.has(volume.name) && (isEnvVolume(volume) || isTokenVolume(volume)),
  );
  const volumes = found.some(isEnvVolume) ? found : [ENV_VOLUME_MADE, ...found];
  return { container, volumes, of: entry?.of };
}

/** The pod spec without the container. */
export function withoutSidecar(spec: PodSpec): PodSpec {
  const all = spec.initContainers ?? [];
  const kept = all.filter((one) => !isSidecar(one));
  return kept.length === all.length ? spec : withList(spec, 'initContainers', kept);
}

/** The pod spec without the volumes that are picked. */
export function withoutVolumes(spec: PodSpec, picks: (volume: Volume) => boolean): PodSpec {
  const all = spec.volumes ?? [];
  const kept = all.filter((one) => !picks(one));
  return kept.length === all.length ? spec : withList(spec, 'volumes', kept);
}

/** A native sidecar of that name: an init container that goes on running. */
export function isSidecar({ name, restartPolicy }: Container): boolean {
  return name === SIDECAR_NAME && restartPolicy === 'Always';
}

export function isEnvVolume({ name, emptyDir }: Volume): boolean {
  return name === ENV_VOLUME && emptyDir?.medium === 'Memory';
}

export function isTokenVolume({ name, projected }: Volume): boolean {
  return name === TOKEN_VOLUME && projected != null;
}

function digestOf(value: object): string {
  return hash('sha256', JSON.stringify(value)).slice(0, 8);
}

interface Made extends KeptSidecar {
  readonly warnings: readonly Problem[];
}

function made(spec: PodSpec, sidecar: AnySidecar, surroundings: Surroundings): Made {
  if ('container' in sidecar) {
    return { ...sidecar, container: fitted(spec, sidecar, surroundings.claimNames), warnings: [] };
  }
  const { verification, warnings } = verificationFor(sidecar, surroundings.labels);
  const own = verification?.identity !== undefined;
  const container = sidecarContainer(spec, sidecar, surroundings.mounts, verification);
  const volumes = own ? [ENV_VOLUME_MADE, TOKEN_VOLUME_MADE] : [ENV_VOLUME_MADE];
  const of = digestOf([container, volumes]);
  const { standing, claimNames } = surroundings;
  return standing?.of === of
    ? { ...standing, container: fitted(spec, standing, claimNames), warnings }
    : { container, volumes, of, warnings };
}

/**
 * A kept container in a template that may have changed: as root it would not start, and the API server refuses a mount of
 * a volume that is not there, such as one that another webhook had added.
 */
function fitted(
  spec: PodSpec,
  { container, volumes }: KeptSidecar,
  claimNames: readonly string[],
): Container {
  const known = new Set([...(spec.volumes ?? []), ...volumes].map(({ name }) => name));
  const mounts = container.volumeMounts ?? [];
  const kept = mounts.filter(({ name }) => known.has(name) || claimNames.includes(name));
  const fit = kept.length === mounts.length ? container : { ...container, volumeMounts: kept };
  const { securityContext } = container;
  const asRoot = spec.securityContext?.runAsUser === 0 && securityContext?.runAsUser == null;
  const runAsUser = asRoot ? sidecarUser(spec) : undefined;
  return runAsUser === undefined
    ? fit
    : { ...fit, securityContext: { ...securityContext, runAsUser } };
}

/** By this label a template asks the webhook of workload identity for a token in each of its containers. */
const WORKLOAD_IDENTITY = 'azure.workload.identity/use';

function verificationFor(
  { verify }: SidecarPlan,
  labels: Readonly<Record<string, string>>,
): { verification: Verification | undefined; warnings: readonly Problem[] } {
  if (verify === undefined) return { verification: undefined, warnings: [] };
  const impossible = (why: string) => ({
    verification: undefined,
    warnings: [problem('ZK242', { why })],
  });
  if (verify.arguments.length === 0) return impossible('the objects of the classes are not known');
  const injected = labels[WORKLOAD_IDENTITY] === 'true';
  if (!injected && verify.identity === undefined)
    return impossible('no workload identity is known');
  const identity = injected ? undefined : verify.identity;
  return { verification: { arguments: verify.arguments, identity }, warnings: [] };
}

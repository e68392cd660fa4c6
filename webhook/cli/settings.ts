import { ConfigurationFile } from '../config-file.ts';
import { DEFAULT_PROFILE } from '../core/annotations.ts';
import { type Configuration, SHIPPED_CONFIGURATION } from '../core/configuration.ts';
import type { Context } from '../core/context.ts';
import { listed, type Problem, problem } from '../core/problems.ts';
import { type ClusterVersion, EMPTY_VIEW } from '../core/view.ts';
import type { GivenFlags } from './arguments.ts';

/** What manifests are injected by, or what is wrong with the flags (`misused`) or with the file they name. */
export type Settings =
  | { readonly context: Context; readonly problems?: undefined }
  | { readonly problems: readonly Problem[]; readonly misused: boolean };

/**
 * The context of an injection with no cluster: nothing is known of one but the version that a flag tells, so nothing is
 * warned about classes, claims or Leases.
 */
export async function settingsOf(flags: GivenFlags, version: string): Promise<Settings> {
  const read = await configurationOf(flags.config);
  if ('problems' in read) return { problems: read.problems, misused: false };
  const { configuration } = read;
  const { profile, clusterVersion } = flags;
  const problems: Problem[] = [];
  if (profile !== undefined && !Object.hasOwn(configuration.profiles, profile)) {
    const known = listed(Object.keys(configuration.profiles));
    problems.push(problem('ZK512', { value: profile, known }));
  }
  const cluster = clusterVersion === undefined ? undefined : parseVersion(clusterVersion);
  if (clusterVersion !== undefined && cluster === undefined) {
    problems.push(problem('ZK513', { value: clusterVersion }));
  }
  if (problems.length > 0) return { problems, misused: true };
  const view = cluster === undefined ? EMPTY_VIEW : { ...EMPTY_VIEW, version: cluster };
  const defaultProfile = profile ?? DEFAULT_PROFILE;
  // No Lease is known, so nothing is ever measured against the time.
  return { context: { configuration, view, now: 0, version, offline: true, defaultProfile } };
}

type ReadConfiguration =
  | { readonly configuration: Configuration }
  | { readonly problems: readonly Problem[] };

/** The configuration of a file, or the shipped one. */
export async function configurationOf(file: string | undefined): Promise<ReadConfiguration> {
  if (file === undefined) return { configuration: SHIPPED_CONFIGURATION };
  const parsed = await new ConfigurationFile(file).read();
  // A file that is read for the first time always has something to tell.
  if (parsed === undefined) throw new Error(`${file} was not read`);
  return parsed.problems === undefined
    ? { configuration: parsed.configuration }
    : { problems: parsed.problems };
}

/** Takes what `kubectl version` prints, too: v1.34.2, 1.33.1-gke.5. */
function parseVersion(text: string): ClusterVersion | undefined {
  const match = /^v?(\d{1,3})\.(\d{1,3})\+?(?:\.\d+.*)?$/.exec(text);
  return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]) };
}

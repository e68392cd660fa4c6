import { access, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { run } from '../run.ts';

const GROUP = 'com.github.nagyesta.lowkey-vault';
const ARTIFACT = 'lowkey-vault-app';
/** The last release that runs on Java 17, that of Debian 12. */
const VERSION = '3.4.33';

/** Gets the jar into Maven's local repository. */
export const COMMAND = `mvn dependency:get -Dartifact=${GROUP}:${ARTIFACT}:${VERSION} -Dtransitive=false`;

/** The emulator's jar and a Java that runs it. */
export interface Installed {
  readonly java: string;
  readonly jar: string;
}

/** What is missing and how to get it, in one line. */
export interface Missing {
  readonly missing: string;
}

/**
 * The jar that LOWKEY_VAULT_JAR names, or else the one in Maven's local repository, with the first Java that is new enough for
 * it: that of JAVA_HOME, the one on PATH, or one that the system keeps beside it.
 */
export async function findLowkeyVault(
  env = process.env,
  javas?: readonly string[],
): Promise<Installed | Missing> {
  const jar = env.LOWKEY_VAULT_JAR || fileInLocalRepository();
  if (!(await exists(jar))) {
    return { missing: `no lowkey-vault: there is no ${jar}; get it by ${COMMAND}` };
  }
  const needed = javaFor(path.basename(jar));
  const found: number[] = [];
  for (const java of javas ?? (await javasOf(env))) {
    const version = await versionOf(java);
    if (version >= needed) return { java, jar };
    if (version > 0) found.push(version);
  }
  const versions = found.length > 0 ? found.join(', ') : 'none';
  const missing = `${path.basename(jar)} needs Java ${needed}, found ${versions}`;
  return { missing: `no lowkey-vault: ${missing}; set JAVA_HOME` };
}

function fileInLocalRepository(): string {
  const folder = path.join(homedir(), '.m2/repository', ...GROUP.split('.'), ARTIFACT, VERSION);
  return path.join(folder, `${ARTIFACT}-${VERSION}.jar`);
}

/** Releases before 4 need Java 17, 4 needs 21, later ones 25. A jar whose name tells none is taken for a new one. */
function javaFor(jar: string): number {
  const major = Number(/-(\d+)\.[\d.]+\.jar$/.exec(jar)?.[1] ?? Number.POSITIVE_INFINITY);
  if (major >= 5) return 25;
  return major === 4 ? 21 : 17;
}

const SYSTEM = '/usr/lib/jvm';

async function javasOf({ JAVA_HOME }: NodeJS.ProcessEnv): Promise<string[]> {
  const others = await readdir(SYSTEM).catch(() => []);
  return [
    ...(JAVA_HOME ? [path.join(JAVA_HOME, 'bin/java')] : []),
    'java',
    ...others.map((name) => path.join(SYSTEM, name, 'bin/java')),
  ];
}

/** Its major version; zero if it cannot be run. */
async function versionOf(java: string): Promise<number> {
  const outcome = await run(java, ['-version']).catch(() => undefined);
  return Number(/version "(\d+)/.exec(outcome?.stderr ?? '')?.[1] ?? 0);
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

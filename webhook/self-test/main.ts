/**
 * `helm test`: has the API server admit an annotated StatefulSet by a dry run, tells what became of it, and ends with 0 if
 * that is what the configuration says, with 1 if not, with 2 if the command line is wrong.
 */
import { parseArgs } from 'node:util';
import { serverOf } from '../config.ts';
import { ConfigurationFile } from '../config-file.ts';
import type { Access } from '../controllers/access.ts';
import { inClusterAccess } from '../controllers/in-cluster.ts';
import { kubeconfigAccess } from '../controllers/kubeconfig.ts';
import type { Profile } from '../core/configuration.ts';
import { SHIPPED_CONFIGURATION } from '../core/configuration.ts';
import { sentence } from '../core/problems.ts';
import { dryRun } from './answer.ts';
import { probeSet } from './set.ts';
import { judge } from './verdict.ts';

const FAILED = 1;
const MISUSED = 2;

const USAGE = `zonekeeper's self-test

  --namespace NAME   namespace of the StatefulSet that is not stored; one that the webhook does not spare
  --image IMAGE      image that the set names; nothing pulls it
  --config FILE      configuration file of the webhook; default: the shipped configuration
  --kubeconfig FILE  how to reach the API server; default: as a pod of the cluster
`;

process.exitCode = await run();

async function run(): Promise<number> {
  const { namespace, image, config, kubeconfig } = flags();
  if (namespace === undefined || image === undefined) {
    process.stderr.write(USAGE);
    return MISUSED;
  }
  try {
    const profile = await defaultProfile(config);
    say(`dry run of an annotated StatefulSet in namespace "${namespace}"`);
    const answer = await dryRun(await access(kubeconfig), probeSet(namespace, image));
    const { passed, lines } = judge(answer, namespace, profile);
    lines.forEach(say);
    return passed ? 0 : FAILED;
  } catch (error) {
    say(`failed: ${error instanceof Error ? error.message : error}`);
    return FAILED;
  }
}

function flags() {
  const text = { type: 'string' } as const;
  const options = { namespace: text, image: text, config: text, kubeconfig: text };
  try {
    return parseArgs({ options }).values;
  } catch {
    return {};
  }
}

async function access(kubeconfig: string | undefined): Promise<Access> {
  return kubeconfig === undefined
    ? inClusterAccess(serverOf(process.env))
    : kubeconfigAccess(kubeconfig);
}

async function defaultProfile(file: string | undefined): Promise<Profile> {
  const read = file === undefined ? undefined : await new ConfigurationFile(file).read();
  if (read?.problems !== undefined) throw new Error(read.problems.map(sentence).join('\n'));
  const { profiles } = read?.configuration ?? SHIPPED_CONFIGURATION;
  // The configuration is valid only with it.
  return profiles.default as Profile;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

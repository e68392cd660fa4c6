import { setTimeout } from 'node:timers/promises';
import { destination, type Logger, pino } from 'pino';
import type { Clock } from '../certs/surroundings.ts';
import { parseSettings, type Settings } from './config.ts';
import { ConfigurationFile } from './config-file.ts';
import { type Configuration, SHIPPED_CONFIGURATION } from './core/configuration.ts';
import { sentence } from './core/problems.ts';
import { usage } from './flags.ts';
import { logOptions } from './log.ts';
import { serve } from './serve.ts';
import { VERSION } from './version.ts';

/** Exit codes: the configuration, a port or a kubeconfig cannot be used; the command line is wrong. */
const FAILED = 1;
const MISUSED = 2;

const clock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await setTimeout(ms, undefined, { signal, ref: false }).catch(() => {});
  },
};

const monotonic = () => performance.now();

let stopping = false;
const args = process.argv.slice(2);
if (args.includes('--help')) process.stdout.write(usage());
else if (args.includes('--version')) process.stdout.write(`${VERSION}\n`);
else await run(settings());

async function run(settings: Settings): Promise<void> {
  const log = logOf(settings);
  const file = settings.config === undefined ? undefined : new ConfigurationFile(settings.config);
  const configuration = await configurationOf(file);
  const surroundings = { clock, log };
  const stop = await serve({ settings, configuration, file, surroundings, monotonic }).catch(
    (error) => end(FAILED, [`cannot start: ${error instanceof Error ? error.message : error}`]),
  );
  stopOn('SIGTERM', 15, stop, log);
  stopOn('SIGINT', 2, stop, log);
}

/** Lines are written in batches, at the latest after a quarter of a second and at the end of the process. */
function logOf({ logLevel }: Settings): Logger {
  const lines = destination({ minLength: 4096, periodicFlush: 250, sync: true });
  process.on('exit', () => lines.flushSync());
  return pino(logOptions(logLevel, clock.now), lines);
}

function settings(): Settings {
  const parsed = parseSettings(args, process.env);
  return parsed.problems === undefined ? parsed.settings : end(MISUSED, parsed.problems);
}

async function configurationOf(file: ConfigurationFile | undefined): Promise<Configuration> {
  const parsed = await file?.read();
  if (parsed === undefined) return SHIPPED_CONFIGURATION;
  if (parsed.problems === undefined) return parsed.configuration;
  return end(FAILED, parsed.problems.map(sentence));
}

/** The first signal stops politely, a second one at once. As PID 1 a process without a handler would ignore both. */
function stopOn(
  signal: NodeJS.Signals,
  number: number,
  stop: () => Promise<void>,
  log: Logger,
): void {
  process.on(signal, () => {
    if (stopping) process.exit(128 + number);
    stopping = true;
    log.info({ signal }, 'stopping');
    void stop().then(() => process.exit(0));
  });
}

function end(code: number, problems: readonly string[]): never {
  process.stderr.write(problems.map((problem) => `zonekeeper: ${problem}\n`).join(''));
  process.exit(code);
}

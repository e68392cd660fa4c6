import { writeSync } from 'node:fs';
import { parseArguments } from './arguments.ts';
import { Container } from './container.ts';
import { keepMemoryOutOfCoreDumps } from './core-dump.ts';
import { usage } from './flags.ts';
import { isoTime } from './iso-time.ts';
import { causeOf, problem } from './messages.ts';
import type { Settings } from './settings.ts';
import type { Log, Surroundings } from './surroundings.ts';
import { VERSION } from './version.ts';

/** Exit codes: a port cannot be had or the program is broken; the command line is wrong. */
const FAILED = 1;
const MISUSED = 2;

/** Not by `performance`: that is loaded when it is first used, with nine modules. */
const now = () => ({ wall: Date.now(), monotonic: Number(process.hrtime.bigint()) / 1e6 });

/** One JSON line at once: cheaper than a stream, and nothing is lost when the process ends. */
const log: Log = (level, msg, fields = {}) => {
  const time = isoTime(Date.now());
  write(1, JSON.stringify({ level, time, msg, ...fields }));
};

const parsed = parseArguments(ownArguments());
if (parsed.kind === 'help') write(1, usage().trimEnd());
else if (parsed.kind === 'version') write(1, VERSION);
else if (parsed.kind === 'wrong') {
  for (const { message } of parsed.problems) write(2, `zonekeeper-sidecar: ${message}`);
  process.exitCode = MISUSED;
} else void run(parsed.settings);

/** Node.js takes `--env-file` for its own, wherever it stands before `--`; so that comes first, and is none of ours. */
function ownArguments(): readonly string[] {
  const [first, ...rest] = process.argv.slice(2);
  return first === undefined ? [] : first === '--' ? rest : [first, ...rest];
}

async function run(settings: Settings): Promise<void> {
  const stop = new AbortController();
  endOn('SIGTERM', stop);
  endOn('SIGINT', stop);
  process.on('uncaughtException', (error) => {
    // Neither its message nor its stack: whose words they are is not known.
    log('error', 'unexpected', { cause: causeOf(error), at: placeOf(error) });
    process.exit(FAILED);
  });
  if (!keepMemoryOutOfCoreDumps()) log('warn', 'memory cannot be kept out of core dumps');
  const container = new Container(settings, surroundings(), stop.signal);
  const running = container.run();
  // The first delivery ends within this turn of the event loop; loading an HTTP server takes as long as all before it.
  await new Promise((resolve) => setImmediate(resolve));
  const { serveStatus } = await import('./http/server.ts');
  const source = { status: () => container.status(), metrics: () => container.metrics() };
  const { port, host } = settings;
  await serveStatus(source, { port, host, signal: stop.signal }).then(
    (bound) => log('info', 'listening', { port: bound, version: VERSION }),
    (error: unknown) => {
      const { code, message } = problem('ZK836', { port, cause: causeOf(error) });
      log('error', 'cannot listen', { code, message });
      process.exit(FAILED);
    },
  );
  await running;
}

function surroundings(): Surroundings {
  const { env } = process;
  return {
    now,
    random: Math.random,
    log,
    exit: (code) => {
      log('info', 'ending', { code });
      process.exit(code);
    },
    credentials: {
      tenantId: env.AZURE_TENANT_ID,
      clientId: env.AZURE_CLIENT_ID,
      tokenFile: env.AZURE_FEDERATED_TOKEN_FILE,
      authorityHost: env.AZURE_AUTHORITY_HOST,
    },
  };
}

/** As PID 1 a process without a handler would ignore the signal. Files are replaced in one step, so nothing is half done. */
function endOn(signal: NodeJS.Signals, stop: AbortController): void {
  process.on(signal, () => {
    log('info', 'ending', { signal });
    stop.abort();
    process.exit(0);
  });
}

function placeOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return /^\s+at .*$/m.exec(stack)?.[0].trim() ?? '';
}

/** A log that nobody reads must not end the delivery of secrets. */
function write(descriptor: 1 | 2, line: string): void {
  try {
    writeSync(descriptor, `${line}\n`);
  } catch {
    // Closed, or full and not blocking.
  }
}

import type { AddressInfo } from 'node:net';
import type { Surroundings } from '../certs/surroundings.ts';
import { type Backing, localBacking } from './backing.ts';
import { clusterBacking } from './cluster-backing.ts';
import type { Settings } from './config.ts';
import { type ConfigurationFile, keepConfiguration } from './config-file.ts';
import type { Configuration } from './core/configuration.ts';
import { sentence } from './core/problems.ts';
import { review } from './core/review.ts';
import { ServedCertificate } from './served-certificate.ts';
import { buildServer } from './server/app.ts';
import { Metrics } from './server/metrics.ts';
import { buildOps } from './server/ops.ts';
import { Readiness } from './server/readiness.ts';
import { shutdown } from './shutdown.ts';
import { VERSION } from './version.ts';

export interface ServeOptions {
  readonly settings: Settings;
  /** In force from the start. */
  readonly configuration: Configuration;
  /** Where the configuration was read and is read again when it changes; absent: it never changes. */
  readonly file: ConfigurationFile | undefined;
  readonly surroundings: Surroundings;
  /** Milliseconds of a clock that never goes back. */
  readonly monotonic: () => number;
}

/**
 * Wires and starts the webhook; returns how to stop it. Rejects if a port cannot be had or a kubeconfig not be read; a
 * certificate that is not there yet only keeps it from being ready.
 */
export async function serve(options: ServeOptions): Promise<() => Promise<void>> {
  const { settings, surroundings } = options;
  const { clock, log } = surroundings;
  const background = new AbortController();
  const backing = await backingOf(options);
  const metrics = new Metrics(VERSION);
  const configuration = keep(options, metrics, background.signal);
  const certificate = new ServedCertificate(metrics, log);
  const readiness = readinessOf(certificate, backing, clock.now);
  watchTrust(metrics, certificate, backing);
  metrics.watchPermissions(backing.missingPermissions);
  const app = buildServer({
    review: (body) =>
      review(body, {
        configuration: configuration(),
        view: backing.view(),
        now: clock.now(),
        version: VERSION,
      }),
    metrics,
    log,
    monotonic: options.monotonic,
    draining: () => readiness.draining,
  });
  const ops = buildOps({ metrics, readiness });
  // The probes first: a replica that waits for its certificate is alive.
  await ops.listen({ host: settings.host, port: settings.opsPort });
  await app.listen({ host: settings.host, port: settings.port });
  const [port, opsPort] = [app, ops].map(({ server }) => (server.address() as AddressInfo).port);
  log.info({ host: settings.host, port, opsPort, version: VERSION }, 'listening');

  const running = Promise.all([
    backing.run(background.signal),
    backing.certificates.run(background.signal, (next) => {
      certificate.replace(app.server, next);
      backing.certificateChanged();
    }),
  ]);
  return async () => {
    await shutdown({ readiness, app, ops, clock, drainSeconds: settings.drainSeconds });
    background.abort();
    await running;
  };
}

async function backingOf({
  settings,
  configuration,
  surroundings,
}: ServeOptions): Promise<Backing> {
  const { mode, sans } = settings;
  return mode.kind === 'local'
    ? localBacking(mode, sans, surroundings)
    : clusterBacking(mode, sans, configuration, surroundings);
}

/** What is in force: the configuration of the start until the file brings another one that is valid. */
function keep(options: ServeOptions, metrics: Metrics, signal: AbortSignal): () => Configuration {
  const { file, surroundings } = options;
  const { clock, log } = surroundings;
  let current = options.configuration;
  metrics.configurationAccepted(clock.now());
  if (file === undefined) return () => current;
  keepConfiguration(file, {
    signal,
    accepted: (next) => {
      current = next;
      metrics.configurationAccepted(clock.now());
      log.info({ file: file.path, profiles: Object.keys(next.profiles) }, 'configuration changed');
    },
    refused: (problems) => {
      metrics.configurationRefused();
      log.error(
        { file: file.path, problems: problems.map(sentence) },
        'the changed configuration is refused; the one before it stays in force',
      );
    },
  });
  return () => current;
}

/** What is told at each scrape about the certificate that is served then. */
function watchTrust(metrics: Metrics, certificate: ServedCertificate, backing: Backing): void {
  metrics.watchCaBundle(
    () => certificate.served !== undefined && backing.isInSync(certificate.served),
  );
  metrics.watchAuthority(() =>
    certificate.served === undefined ? Number.NaN : backing.authorityExpiry(certificate.served),
  );
}

function readinessOf(
  certificate: ServedCertificate,
  backing: Backing,
  now: () => number,
): Readiness {
  return new Readiness({
    certificate: () => certificate.trouble(now()),
    'ca-bundle': () =>
      certificate.served === undefined
        ? 'there is no certificate to verify yet'
        : backing.distrust(certificate.served),
    permissions: backing.lacks,
  });
}

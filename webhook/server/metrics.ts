import { collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client';
import { CATALOGUE } from '../core/catalogue.ts';
import { INJECTIONS, type Outcome } from '../core/mutation.ts';
import type { Report } from '../core/review.ts';
import { REFUSALS, type Refusal } from './refusal.ts';
import { Tally } from './tally.ts';

const OUTCOMES: readonly Outcome[] = ['injected', 'kept', 'stripped', 'untouched', 'denied'];
/** Those of the webhook's rule; whatever else a caller may write counts as `OTHER`. */
const OPERATIONS = ['CREATE', 'UPDATE'];

/** From what a review takes to what the API server waits at most (its whole request may last 34 s, one call 30 s). */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * What is measured, in one registry of its own. Every label has a closed set of values, and no name of a user's object
 * is one, so the number of series is bounded.
 */
export class Metrics {
  readonly registry = new Registry();
  readonly #reviews = new Tally(
    this.registry,
    'zonekeeper_admission_reviews_total',
    'Reviews answered, by operation, outcome and whether it was a dry run.',
    ['operation', 'outcome', 'dry_run'],
  );
  readonly #injections = new Tally(
    this.registry,
    'zonekeeper_admission_injections_total',
    'Reviews after which the StatefulSet holds the injection.',
    ['injection'],
  );
  readonly #messages = new Tally(
    this.registry,
    'zonekeeper_admission_messages_total',
    'Denials and warnings given, by the code of the message.',
    ['code'],
  );
  readonly #refusals = new Tally(
    this.registry,
    'zonekeeper_admission_refusals_total',
    'Requests that got no review, by reason.',
    ['reason'],
  );
  readonly #seconds = new Histogram({
    name: 'zonekeeper_admission_duration_seconds',
    help: 'Time from the head of a request to its answer.',
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly #configurationLoaded = this.#gauge(
    'zonekeeper_config_last_reload_successful',
    'Whether the last reading of the configuration file was accepted (1) or refused and the old one kept (0).',
  );
  readonly #configurationLoadedAt = this.#gauge(
    'zonekeeper_config_last_reload_success_timestamp_seconds',
    'When a configuration was last accepted.',
  );
  readonly #certificateExpiry = this.#gauge(
    'zonekeeper_certificate_expiry_timestamp_seconds',
    'When the certificate that is being served expires; 0 while there is none.',
  );

  constructor(version: string) {
    // By default an idle process would wake up 110 times a second to be measured.
    collectDefaultMetrics({
      register: this.registry,
      eventLoopMonitoringPrecision: 100,
      eventLoopUtilizationTimeout: 1000,
    });
    new Gauge({
      name: 'zonekeeper_build_info',
      help: 'Always 1; the label tells the version.',
      labelNames: ['version'],
      registers: [this.registry],
    }).set({ version }, 1);
    this.#startAtZero();
  }

  /** Counts one answered review that took so many milliseconds. */
  reviewed(report: Report, milliseconds: number): void {
    const operation = OPERATIONS.includes(report.operation) ? report.operation : 'OTHER';
    this.#reviews.add(`${operation} ${report.outcome} ${report.dryRun}`);
    this.#seconds.observe(milliseconds / 1000);
    for (const injection of report.injections) this.#injections.add(injection);
    for (const code of report.codes) this.#messages.add(code);
  }

  refused(reason: Refusal): void {
    this.#refusals.add(reason);
  }

  /** Reports at each scrape how many requests are being received or answered. */
  watchInFlight(requests: () => number): void {
    this.#watch(
      'zonekeeper_admission_in_flight',
      'Requests that are being received or answered.',
      requests,
    );
  }

  /** Reports at each scrape whether the API server trusts what is served. */
  watchCaBundle(isInSync: () => boolean): void {
    this.#watch(
      'zonekeeper_ca_bundle_in_sync',
      'Whether the caBundle of the webhook configuration verifies the certificate that is served (1) or not (0).',
      () => Number(isInSync()),
    );
  }

  /** Reports at each scrape when the CA expires, in milliseconds since the epoch; `NaN` while there is none. */
  watchAuthority(expiry: () => number): void {
    this.#watch(
      'zonekeeper_ca_expiry_timestamp_seconds',
      'When the CA expires by which the API server trusts the certificate that is served; 0 while there is none.',
      () => (expiry() || 0) / 1000,
    );
  }

  /** Reports at each scrape how many permissions the ServiceAccount lacks. */
  watchPermissions(missing: () => number): void {
    this.#watch(
      'zonekeeper_missing_permissions',
      'Permissions that the ServiceAccount needs and has not.',
      missing,
    );
  }

  configurationAccepted(now: number): void {
    this.#configurationLoaded.set(1);
    this.#configurationLoadedAt.set(now / 1000);
  }

  configurationRefused(): void {
    this.#configurationLoaded.set(0);
  }

  certificateServed(expiry: Date): void {
    this.#certificateExpiry.set(expiry.getTime() / 1000);
  }

  #watch(name: string, help: string, value: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(value());
      },
    });
  }

  #gauge(name: string, help: string): Gauge {
    return new Gauge({ name, help, registers: [this.registry] });
  }

  #startAtZero(): void {
    for (const operation of OPERATIONS) {
      for (const outcome of OUTCOMES) {
        for (const dryRun of [true, false]) {
          this.#reviews.start(`${operation} ${outcome} ${dryRun}`);
        }
      }
    }
    for (const injection of INJECTIONS) this.#injections.start(injection);
    for (const code of Object.keys(CATALOGUE)) this.#messages.start(code);
    for (const reason of REFUSALS) this.#refusals.start(reason);
  }
}

import { Counter, Gauge, type Registry } from '@prometheus-io/client';

/** How a replica stands with the SecretProviderClasses of StatefulSets; all zero where another one leads. */
export interface ClassStatus {
  /** Classes that were made and exist. */
  readonly managed: number;
  /** StatefulSets that are being worked on or wait for it. */
  readonly queued: number;
  /** When the classes of a set were last found or brought in order, as milliseconds since the epoch; 0 for never. */
  readonly succeededAt: number;
  /** How often what was in the way, since the start; every reason stands there from the start. */
  readonly errors: Readonly<Record<string, number>>;
}

/** Reports at each scrape how the SecretProviderClasses of sets are kept. */
export function watchClasses(registry: Registry, status: () => ClassStatus): void {
  const gauge = (name: string, help: string, value: (status: ClassStatus) => number) => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value(status()));
      },
    });
  };
  gauge(
    'zonekeeper_secret_provider_classes',
    'SecretProviderClasses that zonekeeper made and that exist; 0 at a replica that does not lead.',
    ({ managed }) => managed,
  );
  gauge(
    'zonekeeper_secret_provider_class_queue_length',
    'StatefulSets whose SecretProviderClasses are being brought into order or wait for it.',
    ({ queued }) => queued,
  );
  gauge(
    'zonekeeper_secret_provider_class_last_success_timestamp_seconds',
    'When the SecretProviderClasses of a StatefulSet were last found or brought in order; 0 for never.',
    ({ succeededAt }) => succeededAt / 1000,
  );
  new Counter({
    name: 'zonekeeper_secret_provider_class_errors_total',
    help: 'What kept SecretProviderClasses from being in order, by reason.',
    labelNames: ['reason'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [reason, count] of Object.entries(status().errors)) this.inc({ reason }, count);
    },
  });
}

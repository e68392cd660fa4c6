import { STATES } from './state.ts';
import type { Status } from './status.ts';
import type { Tally } from './tally.ts';

interface Metric {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  /** Value by labels in Prometheus' notation; `''`: none. */
  readonly samples: readonly (readonly [labels: string, value: number])[];
}

/** The metrics in Prometheus' text format. */
export function metricsText(status: Status, tally: Tally): string {
  const families = [...ofStatus(status), ...ofEnvironment(status), ...ofTally(tally)];
  return families
    .filter(({ samples }) => samples.length > 0)
    .map(textOf)
    .join('');
}

function ofStatus({ version, ready, state, mounts, objects }: Status): Metric[] {
  return [
    gauge('info', 'Version of the sidecar', [[label('version', version), 1]]),
    gauge('ready', '1 after the first complete delivery', [['', Number(ready)]]),
    gauge(
      'state',
      'State of the mounts and the environment file: 1 for the one that holds',
      STATES.map((each) => [label('state', each), Number(each === state)]),
    ),
    gauge(
      'mount_changed_timestamp_seconds',
      'When the driver last changed the content of a mount',
      mounts.flatMap(({ path, changedAt }) =>
        changedAt === undefined ? [] : [[label('mount', path), seconds(changedAt)] as const],
      ),
    ),
    gauge('missing_files', 'Expected files that are not there', [
      ['', mounts.reduce((sum, { missing }) => sum + missing.length, 0)],
    ]),
    gauge(
      'objects',
      'Files by what the comparison with Key Vault found',
      objects.length === 0
        ? []
        : STATES.map((each) => [
            label('state', each),
            objects.filter((object) => object.state === each).length,
          ]),
    ),
    gauge(
      'compared_timestamp_seconds',
      'When the file that has waited longest was compared with Key Vault',
      oldest(objects.map(({ comparedAt }) => comparedAt)),
    ),
  ];
}

function ofEnvironment({ environment }: Status): Metric[] {
  if (environment === undefined) return [];
  const { current, variables, writtenAt } = environment;
  return [
    gauge('env_file_current', '1 if the environment file is that of the mounted generation', [
      ['', Number(current)],
    ]),
    gauge('env_file_variables', 'Variables in the environment file', [['', variables.length]]),
    gauge(
      'env_file_written_timestamp_seconds',
      'When the sidecar last changed the environment file',
      writtenAt === undefined ? [] : [['', seconds(writtenAt)]],
    ),
  ];
}

function ofTally({ deliveries, rotations, announcements }: Tally): Metric[] {
  const by = (name: string, counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([key, value]) => [label(name, key), value] as const);
  return [
    counter(
      'deliveries_total',
      'Attempts to bring the environment file to the mounted generation',
      by('outcome', deliveries),
    ),
    counter('rotations_total', 'Rotations since the container started', [['', rotations]]),
    counter(
      'announcements_total',
      'Requests that told the application of a rotation',
      by('outcome', announcements),
    ),
  ];
}

function gauge(name: string, help: string, samples: Metric['samples']): Metric {
  return { name: `zonekeeper_sidecar_${name}`, type: 'gauge', help, samples };
}

function counter(name: string, help: string, samples: Metric['samples']): Metric {
  return { name: `zonekeeper_sidecar_${name}`, type: 'counter', help, samples };
}

function textOf({ name, type, help, samples }: Metric): string {
  const lines = samples.map(([labels, value]) => `${name}${labels} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function label(name: string, value: string): string {
  const escaped = value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  return `{${name}="${escaped}"}`;
}

function oldest(times: readonly (string | undefined)[]): Metric['samples'] {
  const known = times.flatMap((time) => (time === undefined ? [] : [seconds(time)]));
  return known.length === 0 || known.length < times.length ? [] : [['', Math.min(...known)]];
}

const seconds = (time: string): number => Date.parse(time) / 1000;

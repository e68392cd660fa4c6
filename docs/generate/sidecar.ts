import { FLAGS, type Flag } from '../../sidecar/flags.ts';
import { metricsText } from '../../sidecar/status/metrics.ts';
import type { Status } from '../../sidecar/status/status.ts';
import { newTally } from '../../sidecar/status/tally.ts';
import { type Page, replaceBlock } from './page.ts';
import { table } from './table.ts';

/** The tables of flags and metrics on the page of the sidecar. */
export const sidecarPage: Page = {
  file: 'docs/sidecar.md',
  render: (current) => replaceBlock(replaceBlock(current, 'flags', flags()), 'metrics', metrics()),
};

function flags(): string {
  return table(
    ['Flag', 'Default', 'Meaning'],
    Object.entries<Flag>(FLAGS).map(([name, { value, default: usual, meaning, multiple }]) => [
      `\`--${name}${value === undefined ? '' : `=${value}`}\``,
      usual === undefined ? '–' : `\`${usual}\``,
      multiple === undefined ? meaning : `${meaning}; may be repeated`,
    ]),
  );
}

const TIME = new Date(0).toISOString();

/** A status that every metric has something to tell of. */
const STATUS: Status = {
  version: '',
  state: 'fresh',
  since: TIME,
  ready: true,
  mounts: [{ path: '', state: 'fresh', changedAt: TIME, files: [], missing: [], problems: [] }],
  environment: {
    ...{ file: '', format: '', variables: [], writtenAt: TIME },
    ...{ current: true, problems: [] },
  },
  objects: [{ path: '', state: 'fresh', code: '', message: '', since: TIME, comparedAt: TIME }],
  rotation: { action: 'none', count: 0, generations: {} },
  problems: [],
};

function metrics(): string {
  const text = metricsText(STATUS, newTally());
  const found = [...text.matchAll(/^# HELP (\S+) (.*)\n# TYPE \S+ (\S+)\n\S+?(?:\{(\w+)=.*)? /gm)];
  const rows = found.map(([, name = '', help = '', type = '', label]) => [
    `\`${name}\``,
    type,
    label === undefined ? '–' : `\`${label}\``,
    help,
  ]);
  return table(['Metric', 'Type', 'Label', 'Meaning'], rows);
}

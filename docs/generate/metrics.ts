import { Metrics } from '../../webhook/server/metrics.ts';
import { type Page, replaceBlock } from './page.ts';
import { table } from './table.ts';

/** The table of metrics in the handbook, made from what a webhook shows before its first request. */
export const metricsPage: Page = {
  file: 'docs/operations.md',
  render: async (current) => replaceBlock(current, 'metrics', metricsTable(await exposition())),
};

/** What a webhook in a cluster shows before its first request, in Prometheus' exposition format. */
export async function exposition(): Promise<string> {
  const metrics = new Metrics('0.0.0');
  metrics.watchInFlight(() => 0);
  metrics.watchCaBundle(() => true);
  metrics.watchAuthority(() => Number.NaN);
  metrics.watchPermissions(() => 0);
  return metrics.registry.metrics();
}

/** Renders the metrics of zonekeeper's own in a text of that format. */
export function metricsTable(text: string): string {
  const lines = text.split('\n');
  const found = lines.flatMap((line) => {
    const [, name = '', help = ''] = /^# HELP (zonekeeper_\w+) (.*)$/.exec(line) ?? [];
    if (name === '') return [];
    const type = lines.find((other) => other.startsWith(`# TYPE ${name} `))?.split(' ')[3] ?? '';
    return [[`\`${name}\``, type, labelsOf(name, lines), help]];
  });
  return table(['Metric', 'Type', 'Labels', 'Meaning'], found.sort(byName));
}

function labelsOf(name: string, lines: readonly string[]): string {
  const series = lines.filter((line) => line.startsWith(`${name}{`));
  const labels = series.flatMap((line) => [...line.matchAll(/[{,](\w+)="/g)].map(([, key]) => key));
  return [...new Set(labels)].map((label) => `\`${label}\``).join(', ') || '–';
}

function byName([one = '']: string[], [other = '']: string[]): number {
  return one < other ? -1 : 1;
}

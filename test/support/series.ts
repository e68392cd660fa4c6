import { exposition } from '../../docs/generate/metrics.ts';
import { groupingsOf, problemsOf, selectorsOf } from './promql.ts';

/** What scraping adds to every series of a pod. */
const TARGET_LABELS = ['job', 'namespace', 'pod'];

/** What the API server tells of its webhooks (Kubernetes 1.36, apiserver/pkg/admission/metrics/metrics.go). */
export const API_SERVER_SERIES: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'apiserver_admission_webhook_rejection_count',
    ['error_type', 'name', 'operation', 'rejection_code', 'type'],
  ],
  ['apiserver_admission_webhook_fail_open_count', ['name', 'type']],
  [
    'apiserver_admission_webhook_admission_duration_seconds_bucket',
    ['le', 'name', 'operation', 'rejected', 'type'],
  ],
]);

/** What a query may select: the labels of every series that the webhook or the API server shows, by its name. */
export async function knownSeries(): Promise<ReadonlyMap<string, readonly string[]>> {
  const lines = (await exposition()).split('\n').filter((line) => /^[a-z]/.test(line));
  const own = lines.map((line): [string, readonly string[]] => {
    const [name = ''] = /^\w+/.exec(line) ?? [];
    const labels = [...line.matchAll(/[{,](\w+)="/g)].map(([, label = '']) => label);
    return [name, [...labels, ...TARGET_LABELS]];
  });
  return new Map([...own, ...API_SERVER_SERIES]);
}

/** What is wrong with a query of ours: its grammar, its types, a series or a label that does not exist. */
export async function queryProblems(query: string): Promise<string[]> {
  const series = await knownSeries();
  const selectors = selectorsOf(query);
  const unknown = selectors.flatMap(({ metric, matchers }) => {
    const labels = series.get(metric);
    if (labels === undefined) return [`${metric} is shown by nobody`];
    return matchers
      .filter(({ label }) => !labels.includes(label))
      .map(({ label }) => `${metric} has no label ${label}`);
  });
  const labels = selectors.flatMap(({ metric }) => series.get(metric) ?? []);
  const groups = groupingsOf(query)
    .filter((label) => !labels.includes(label))
    .map((label) => `nothing has the label ${label} to group by`);
  return [...problemsOf(query), ...unknown, ...groups];
}

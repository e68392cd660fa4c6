import { readFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { all, CHART_FOLDER, type Manifest, one, render } from '../support/chart.ts';
import { queryProblems } from '../support/series.ts';

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly { readonly expr: string; readonly refId: string }[];
}

const text = await readFile(path.join(CHART_FOLDER, 'files/dashboard.json'), 'utf8');
const { panels, templating } = JSON.parse(text) as {
  panels: Panel[];
  templating: { list: { name: string }[] };
};

t.test('every query asks for series that exist', async (t) => {
  const queries = panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => [title, expr] as const),
  );
  t.ok(queries.length > 15);
  for (const [title, query] of queries) {
    t.strictSame(await queryProblems(query.replaceAll('$__rate_interval', '5m')), [], title);
  }
});

t.test('every panel has its own id and place, and asks the chosen data source', async (t) => {
  const ids = panels.map(({ id }) => id);
  t.strictSame([...new Set(ids)], ids);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
  );
  t.equal(new Set(cells).size, cells.length, 'no two overlap');
  t.ok(panels.every(({ gridPos: { x, w } }) => x + w <= 24));
  t.strictSame(
    templating.list.map(({ name }) => name),
    ['datasource'],
  );
  for (const { type, datasource } of panels) {
    t.equal(datasource?.uid, type === 'row' ? undefined : `$\{datasource}`);
  }
});

t.test(
  'the dashboard goes into a ConfigMap as it stands, where Grafana’s sidecar looks',
  async (t) => {
    const dashboard = { enabled: true, annotations: { grafana_folder: 'AKS' } };
    const map = one<Manifest & { data: Record<string, string> }>(
      await render({ monitoring: { dashboard } }),
      'ConfigMap',
      'zonekeeper-dashboard',
    );
    t.strictSame(map.data, { 'zonekeeper.json': text });
    t.equal(map.metadata.labels.grafana_dashboard, '1');
    t.strictSame(map.metadata.annotations, { grafana_folder: 'AKS' });
  },
);

t.test('there is none unless it is asked for', async (t) => {
  t.equal(all(await render(), 'ConfigMap').length, 1);
});

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { CATALOGUE } from '../../webhook/core/catalogue.ts';
import { CHART_FOLDER } from '../support/chart.ts';
import { selectorsOf } from '../support/promql.ts';
import { queryProblems } from '../support/series.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const read = (file: string) => readFile(path.join(CHART_FOLDER, file), 'utf8');
const { groups } = parse(await read('files/alerts.yaml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);

t.test('a query that cannot work is found', async (t) => {
  t.strictSame(await queryProblems('rate(zonekeeper_build_info)'), [
    'expected type matrix in call to function "rate", got vector',
  ]);
  t.strictSame(await queryProblems('sum(zonekeeper_admission_in_flight'), [
    'cannot be read at character 34',
  ]);
  t.strictSame(await queryProblems('sum by (le) (zonekeeper_biuld_info{versoin="1"})'), [
    'zonekeeper_biuld_info is shown by nobody',
    'nothing has the label le to group by',
  ]);
  t.strictSame(await queryProblems('zonekeeper_build_info{versoin="1"}'), [
    'zonekeeper_build_info has no label versoin',
  ]);
});

t.test('every alert asks for series that exist', async (t) => {
  for (const { alert, expr } of rules) t.strictSame(await queryProblems(expr), [], alert);
});

t.test('every message that an alert waits for is in the catalogue', async (t) => {
  const codes = rules
    .flatMap(({ expr }) => selectorsOf(expr))
    .flatMap(({ matchers }) => matchers.filter(({ label }) => label === 'code'))
    .map(({ value }) => value);
  t.strictSame(codes, ['ZK217']);
  for (const code of codes) t.ok(code in CATALOGUE, code);
});

t.test('every alert has one name, a severity, and says what it means', async (t) => {
  const names = rules.map(({ alert }) => alert);
  t.strictSame([...new Set(names)], names);
  for (const { alert, labels, annotations } of rules) {
    t.match(alert, /^Zonekeeper[A-Z][A-Za-z]+$/);
    t.match(labels.severity, /^(critical|warning|info)$/, alert);
    t.match(annotations.summary, /^[A-Z].{10,80}\.$/, alert);
    t.match(annotations.description, /^.{40,}\.$/, alert);
  }
});

t.test('every alert has its section in the handbook, and every section its alert', async (t) => {
  const handbook = await read('../../docs/operations.md');
  const sections = [...handbook.matchAll(/^### (Zonekeeper\w+)$/gm)].map(([, name = '']) => name);
  t.strictSame(
    rules.map(({ alert }) => alert),
    sections,
  );
  for (const { alert, annotations } of rules) {
    t.equal(annotations.runbook_url, `docs/operations.md#${alert.toLowerCase()}`);
  }
});

t.test(
  'of certificate and CA it is warned in time, and once more a week before their end',
  async (t) => {
    const ends = (of: string) =>
      rules
        .filter(({ expr }) => expr.includes(`zonekeeper_${of}_expiry`) && expr.includes('time()'))
        .map(({ expr, labels }) => [/< (\d+) \* 86400$/.exec(expr)?.[1], labels.severity]);
    t.strictSame(ends('certificate'), [
      ['21', 'warning'],
      ['7', 'critical'],
    ]);
    t.strictSame(ends('ca'), [
      ['60', 'warning'],
      ['7', 'critical'],
    ]);
  },
);

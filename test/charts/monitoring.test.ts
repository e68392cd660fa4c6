import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { V1Deployment } from '@kubernetes/client-node';
import t from 'tap';
import { parse } from 'yaml';
import { all, CHART_FOLDER, one, refusal, render, type Values } from '../support/chart.ts';

interface PodMonitor {
  readonly spec: {
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly podMetricsEndpoints: readonly { readonly port: string; readonly path: string }[];
  };
}

interface PrometheusRule {
  readonly spec: { readonly groups: readonly { readonly rules: readonly Rule[] }[] };
}

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: Readonly<Record<string, string>>;
}

const monitoring = (values: Values): Values => ({
  monitoring: { renderMode: 'alwaysRender', ...values },
});

async function rulesOf(values: Values): Promise<readonly Rule[]> {
  return one<PrometheusRule>(await render(values), 'PrometheusRule').spec.groups.flatMap(
    ({ rules }) => rules,
  );
}

const alerts = parse(await readFile(path.join(CHART_FOLDER, 'files/alerts.yaml'), 'utf8')) as {
  groups: { rules: Rule[] }[];
};

t.test('there is no monitoring unless it is asked for', async (t) => {
  const kinds = (await render({ monitoring: { renderMode: 'alwaysRender' } })).map(
    ({ kind }) => kind,
  );
  t.notOk(kinds.includes('PodMonitor'));
  t.notOk(kinds.includes('PrometheusRule'));
});

t.test('Prometheus is led to the metrics of the webhook’s pods', async (t) => {
  const manifests = await render(
    monitoring({ podMonitor: { enabled: true, interval: '15s', labels: { release: 'prom' } } }),
  );
  const monitor = one<PodMonitor>(manifests, 'PodMonitor');
  const { spec } = one<V1Deployment>(manifests, 'Deployment');
  t.equal(monitor.apiVersion, 'monitoring.coreos.com/v1');
  t.equal(monitor.metadata.labels.release, 'prom');
  t.strictSame(monitor.spec.podMetricsEndpoints, [
    { port: 'ops', path: '/metrics', interval: '15s' },
  ]);
  t.match(spec?.template.metadata?.labels, monitor.spec.selector.matchLabels);
  t.ok(spec?.template.spec?.containers[0]?.ports?.some(({ name }) => name === 'ops'));
});

t.test('Azure’s managed Prometheus has a group of its own', async (t) => {
  const apiVersion = 'azmonitoring.coreos.com/v1';
  const manifests = await render(monitoring({ podMonitor: { enabled: true, apiVersion } }));
  t.equal(one(manifests, 'PodMonitor').apiVersion, apiVersion);
});

t.test('no pods in the cluster, nothing to scrape there', async (t) => {
  const values = {
    ...monitoring({ podMonitor: { enabled: true } }),
    webhook: { url: 'https://127.0.0.1:8443/mutate' },
    deployment: { enabled: false },
  };
  t.strictSame(all(await render(values), 'PodMonitor'), []);
});

t.test('the rule holds the alerts as they stand in their file', async (t) => {
  const rules = await rulesOf(monitoring({ prometheusRule: { enabled: true } }));
  t.strictSame(
    rules,
    alerts.groups.flatMap((group) => group.rules),
  );
});

t.test('alerts link to where the handbook is published', async (t) => {
  const runbookUrl = 'https://wiki.example/zonekeeper/operations';
  const rules = await rulesOf(monitoring({ prometheusRule: { enabled: true, runbookUrl } }));
  t.ok(rules.length > 10);
  for (const { alert, annotations } of rules) {
    t.equal(annotations.runbook_url, `${runbookUrl}#${alert.toLowerCase()}`);
  }
});

t.test('slow is half of the timeout, as far as it is measured', async (t) => {
  const slow = async (timeoutSeconds: number) => {
    const values = {
      ...monitoring({ prometheusRule: { enabled: true } }),
      webhook: { timeoutSeconds },
    };
    const rule = (await rulesOf(values)).find(({ alert }) => alert === 'ZonekeeperSlow');
    return /> (\S+)$/.exec(rule?.expr ?? '')?.[1];
  };
  t.strictSame(
    [await slow(1), await slow(5), await slow(10), await slow(30)],
    ['0.5', '2.5', '5', '5'],
  );
});

t.test('a cluster without the kinds is refused, by default', async (t) => {
  const refused = (values: Values, args: string[] = []) =>
    refusal({ monitoring: values }, { args });
  t.match(
    await refused({ podMonitor: { enabled: true } }),
    /monitoring\.podMonitor\.enabled asks for monitoring\.coreos\.com\/v1\/PodMonitor, which the cluster does not know: install .* set monitoring\.renderMode to skipIfMissing/,
  );
  t.match(
    await refused({ prometheusRule: { enabled: true } }),
    /asks for monitoring\.coreos\.com\/v1\/PrometheusRule/,
  );
  const known = ['--api-versions', 'monitoring.coreos.com/v1/PodMonitor'];
  t.equal(await refused({ podMonitor: { enabled: true } }, known), '');
});

t.test('what the cluster does not know is left out, by value', async (t) => {
  const on = { enabled: true };
  const kinds = (
    await render({
      monitoring: { renderMode: 'skipIfMissing', podMonitor: on, prometheusRule: on },
    })
  ).map(({ kind }) => kind);
  t.notOk(kinds.some((kind) => /PodMonitor|PrometheusRule/.test(kind)));
});

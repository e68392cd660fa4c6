import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { CHART_FOLDER, refusal, render, renderText } from '../support/chart.ts';
import { fieldProblems } from '../support/kubernetes-fields.ts';
import { run } from '../support/run.ts';
import { helm } from '../support/tools.ts';

interface ChartYaml {
  readonly version: string;
  readonly appVersion: string;
  readonly annotations: Readonly<Record<string, string>>;
}

const read = (file: string) => readFile(path.join(CHART_FOLDER, file), 'utf8');
const chart = parse(await read('Chart.yaml')) as ChartYaml;

t.test('helm lint has nothing to say but that there is no icon', async (t) => {
  const { code, stdout } = await run(await helm(), ['lint', '--strict', CHART_FOLDER]);
  t.equal(code, 0, stdout);
  t.strictSame(stdout.match(/^\[\w+\].*$/gm), ['[INFO] Chart.yaml: icon is recommended']);
});

t.test('the same values give the same bytes', async (t) => {
  const values = {
    storageClasses: { azureDiskV2: { enabled: true } },
    podLabels: { b: '1', a: '2' },
  };
  t.equal(await renderText(values), await renderText(values));
});

t.test('no template looks into a cluster, the clock or a random source', async (t) => {
  const files = await readdir(path.join(CHART_FOLDER, 'templates'));
  for (const file of files) {
    const text = await read(path.join('templates', file));
    const actions = text.match(/\{\{[\s\S]*?\}\}/g)?.join('\n') ?? '';
    t.notMatch(actions, /\b(lookup|gen[A-Z]\w+|rand[A-Z]\w+|now|uuidv4|derivePassword)\b/, file);
    // Whether a kind is known is asked in one place, and a value can answer it.
    if (file !== '_kinds.tpl') t.notMatch(actions, /\.Capabilities/, file);
  }
});

t.test('every field is one that Kubernetes knows, and of its type', async (t) => {
  const everything = await render(
    {
      imagePullSecrets: [{ name: 'mirror' }],
      podAnnotations: { a: 'b' },
      storageClasses: { azureDiskV2: { enabled: true } },
      certs: { mode: 'secret', secretName: 'own' },
      monitoring: { dashboard: { enabled: true } },
      networkPolicy: { enabled: true, apiServer: { cidrs: ['10.0.0.0/28'] } },
    },
    { hooks: true },
  );
  const outside = await render({
    webhook: { url: 'https://127.0.0.1:8443/mutate' },
    deployment: { enabled: false },
  });
  for (const manifest of [...everything, ...outside]) {
    t.strictSame(fieldProblems(manifest.kind, manifest), []);
  }
});

t.test('no object is rendered twice', async (t) => {
  const ids = (await render({}, { namespace: 'kube-system', hooks: true })).map(
    ({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`,
  );
  t.strictSame([...new Set(ids)], ids);
});

t.test('Kubernetes before 1.30 is refused, later ones are not', async (t) => {
  const on = (version: string) => refusal({}, { args: ['--kube-version', version] });
  t.match(await on('1.29.9'), /requires kubeVersion: >=1\.30\.0-0/);
  t.equal(await on('1.30.0'), '');
  t.equal(await on('v1.36.2-aks.1'), '');
});

t.test('chart, package and image have one version', async (t) => {
  const { version } = JSON.parse(await read('../../package.json')) as { version: string };
  t.equal(chart.version, version);
  t.equal(chart.appVersion, version);
  t.match(await renderText(), `image: zonekeeper/zonekeeper:${version}`);
});

t.test('what Artifact Hub shows is well-formed and true', async (t) => {
  const images = parse(chart.annotations['artifacthub.io/images'] ?? '') as { image: string }[];
  const changes = parse(chart.annotations['artifacthub.io/changes'] ?? '') as { kind: string }[];
  t.ok((await renderText()).includes(`image: ${images[0]?.image}\n`));
  t.ok(
    changes.every(({ kind }) =>
      ['added', 'changed', 'deprecated', 'removed', 'fixed', 'security'].includes(kind),
    ),
  );
});

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { CHART_FOLDER, refusal, type Values } from '../support/chart.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly type?: string | readonly string[];
}

const valuesYaml = await readFile(path.join(CHART_FOLDER, 'values.yaml'), 'utf8');
const schema = JSON.parse(
  await readFile(path.join(CHART_FOLDER, 'values.schema.json'), 'utf8'),
) as Schema & { definitions: Readonly<Record<string, Schema>> };

t.test('a misspelt value is refused with its path, at every depth', async (t) => {
  const cases: [Values, RegExp][] = [
    [{ replicaCuont: 3 }, /'replicaCuont' not allowed/],
    [{ webhook: { failurePolcy: 'Fail' } }, /\/webhook': .*'failurePolcy'/],
    [{ storageClasses: { zrs: {} } }, /\/storageClasses': .*'zrs'/],
    [{ storageClasses: { azureDiskV2: { standard: { crate: true } } } }, /standard': .*'crate'/],
    [{ podSecurityContext: { runAsUsr: 1 } }, /\/podSecurityContext': .*'runAsUsr'/],
    [{ config: { profile: {} } }, /\/config': .*'profile'/],
    [{ config: { profiles: { default: { storageClass: 'x' } } } }, /default': .*'storageClass'/],
    [{ config: { profiles: { a: { allowed: { storageclasses: [] } } } } }, /'storageclasses'/],
  ];
  for (const [values, message] of cases) t.match(await refusal(values), message);
});

t.test('a value of the wrong kind or out of range is refused with its path', async (t) => {
  const cases: [Values, RegExp][] = [
    [{ webhook: { failurePolicy: 'fail' } }, /\/webhook\/failurePolicy/],
    [{ webhook: { timeoutSeconds: 31 } }, /\/webhook\/timeoutSeconds/],
    [{ webhook: { excludedNamespaces: ['Bad_Name'] } }, /\/webhook\/excludedNamespaces\/0/],
    [{ replicaCount: 0 }, /\/replicaCount/],
    [{ replicaCount: '2' }, /\/replicaCount/],
    [{ podAnnotations: { a: true } }, /\/podAnnotations\/a/],
    [{ podLabels: { a: 'not a label' } }, /\/podLabels\/a/],
    [{ image: { digest: 'sha256:1' } }, /\/image\/digest/],
    [{ podDisruptionBudget: { maxUnavailable: 0 } }, /\/podDisruptionBudget\/maxUnavailable/],
    [{ storageClasses: { azureDiskV2: { maxShares: 1 } } }, /\/azureDiskV2\/maxShares/],
    [{ storageClasses: { reclaimPolicy: 'Recycle' } }, /\/storageClasses\/reclaimPolicy/],
    [{ config: { profiles: { Bad: {} } } }, /propertyName 'Bad'/],
    [{ config: { profiles: { default: null } } }, /missing property 'default'/],
    [{ config: { profiles: { a: { schedulerLease: { name: 'x' } } } } }, /'namespace'/],
    [{ logLevel: 'verbose' }, /\/logLevel/],
  ];
  for (const [values, message] of cases) t.match(await refusal(values), message);
});

t.test('the schema knows every value, and no other but what Helm itself adds', async (t) => {
  const properties = Object.keys(schema.properties ?? {});
  const values = Object.keys(parse(valuesYaml) as object);
  t.strictSame(properties.sort(), [...values, 'enabled', 'global'].sort());
});

t.test('every object of the schema is closed or a map', async (t) => {
  const open: string[] = [];
  const visit = (part: Schema, at: string): void => {
    if (part.properties !== undefined && part.additionalProperties !== false) open.push(at);
    for (const [key, child] of Object.entries(part.properties ?? {})) visit(child, `${at}/${key}`);
  };
  visit(schema, '');
  for (const [name, part] of Object.entries(schema.definitions)) visit(part, `#${name}`);
  t.strictSame(open, []);
});

t.test(
  'as a dependency it takes what Helm adds, but is not switched off from inside',
  async (t) => {
    t.equal(await refusal({ global: { imageRegistry: 'x' }, enabled: true }), '');
    t.match(await refusal({ enabled: false }), /enabled is for the condition of a chart/);
  },
);

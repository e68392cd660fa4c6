import { readFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { isMap, isScalar, parseDocument } from 'yaml';
import { CHART_FOLDER, renderText, type Values } from '../support/chart.ts';

const valuesYaml = await readFile(path.join(CHART_FOLDER, 'values.yaml'), 'utf8');

t.test('null in the place of a value is refused or leaves no trace', async (t) => {
  const paths: string[][] = [];
  const visit = (node: unknown, at: string[]): void => {
    if (at.length > 0) paths.push(at);
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      visit(value, [...at, isScalar(key) ? String(key.value) : '']);
    }
  };
  visit(parseDocument(valuesYaml).contents, []);
  t.ok(paths.length > 60);
  for (const at of paths) {
    const values = at.reduceRight<unknown>((inner, key) => ({ [key]: inner }), null) as Values;
    const text = await renderText(values).catch((error: Error) => error.message);
    t.notMatch(text, /nil pointer|<nil>|%!|: null$|wrong type/m, at.join('.'));
  }
});

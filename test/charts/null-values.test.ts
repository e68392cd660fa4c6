import { readFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { isMap, isScalar, parseDocument } from 'yaml';
import { CHART_FOLDER, renderText, type Values } from '../support/chart.ts';

const valuesYaml = await readFile(path.join(CHART_FOLDER, 'values.yaml'), 'utf8');

/** What is off by default is on, so that its values matter. */
const base: Values = {
  certs: { mode: 'certManager', certManager: { renderMode: 'alwaysRender' } },
  monitoring: {
    renderMode: 'alwaysRender',
    podMonitor: { enabled: true },
    prometheusRule: { enabled: true },
    dashboard: { enabled: true },
  },
  networkPolicy: { enabled: true },
};

function withNull(values: Values, [key = '', ...rest]: string[]): Values {
  const inner = (values[key] ?? {}) as Values;
  return { ...values, [key]: rest.length === 0 ? null : withNull(inner, rest) };
}

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
    const text = await renderText(withNull(base, at), { hooks: true }).catch(
      (error: Error) => error.message,
    );
    // The dashboard is JSON, with quotes about its keys, and has a null of its own.
    t.notMatch(text, /nil pointer|<nil>|%!|^[^"]*: null$|wrong type/m, at.join('.'));
  }
});

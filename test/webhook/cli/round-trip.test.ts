import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { parse } from 'yaml';
import { injection, uninjection } from '../../../webhook/cli/edits.ts';
import { transform } from '../../../webhook/cli/transform.ts';
import type { Json, StatefulSet } from '../../../webhook/core/statefulset.ts';
import { anyConfiguration } from '../../support/arbitraries/configuration.ts';
import { soundSets } from '../../support/arbitraries/statefulset.ts';
import { contextWith } from '../../support/context.ts';
import { MARKER } from '../../support/statefulset.ts';
import { printStyle } from './support/manifests.ts';
import { print } from './support/print.ts';

const RUNS = { numRuns: process.env.CI ? 400 : 80 };

/** As somebody writes a set who has never injected it, without fields that say nothing. */
const ordinary = soundSets
  .filter((set) => set.metadata.annotations?.[MARKER] === undefined)
  .map((set) => told(set) as StatefulSet);

/** A copy without null, empty lists, and an empty scheduler: to the API server these are absent. */
function told(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(told);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([key, inner]) => {
    const empty = Array.isArray(inner) && inner.length === 0;
    return inner !== null && !empty && !(key === 'schedulerName' && inner === '');
  });
  return Object.fromEntries(fields.map(([key, inner]) => [key, told(inner)]));
}

const texts = fc
  .tuple(ordinary, fc.oneof(printStyle, fc.constantFrom(0, 2, 4)))
  .map(([set, style]) => asText(set, style));

function asText(set: StatefulSet, style: Parameters<typeof print>[1] | number): string {
  // A StatefulSet is JSON, though its type does not say so.
  const json = set as unknown as Json;
  return typeof style === 'number' ? JSON.stringify(json, null, style) : print(json, style);
}

t.test('injecting and uninjecting gives back the same bytes', async (t) => {
  const property = fc.property(texts, anyConfiguration, (text, configuration) => {
    const source = { name: 'f', text };
    const injected = transform(source, injection(contextWith({ configuration, offline: true })));
    if (injected.findings.some(({ severity }) => severity === 'error')) return;
    assert.match(injected.text, /injected/);
    const again = transform({ name: 'f', text: injected.text }, uninjection);
    assert.deepEqual(
      again.findings.filter(({ severity }) => severity === 'error'),
      [],
    );
    // The marker remembers what a FlexVolume said, not how it was written.
    if (text.includes('flexVolume')) assert.deepEqual(parse(again.text), parse(text));
    else assert.equal(again.text, text);
  });
  t.doesNotThrow(() => fc.assert(property, RUNS));
});

t.test('injecting twice is injecting once, to the byte', async (t) => {
  const property = fc.property(texts, anyConfiguration, (text, configuration) => {
    const edits = injection(contextWith({ configuration, offline: true }));
    const once = transform({ name: 'f', text }, edits);
    assert.equal(transform({ name: 'f', text: once.text }, edits).text, once.text);
  });
  t.doesNotThrow(() => fc.assert(property, RUNS));
});

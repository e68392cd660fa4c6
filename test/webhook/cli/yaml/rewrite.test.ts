import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { Json } from '../../../../webhook/core/statefulset.ts';
import { changed, onlySegment } from '../support/change.ts';
import { addition, alteration, manifest, printStyle } from '../support/manifests.ts';
import { print } from '../support/print.ts';

const RUNS = { numRuns: process.env.CI ? 500 : 100 };
const additions = fc.array(addition, { maxLength: 4 });

/** The text is the result with some pieces taken out. */
function isWithin(text: string, result: string): boolean {
  let found = 0;
  for (const character of result) if (text.startsWith(character, found)) found += character.length;
  return found === text.length;
}

const indentation = fc.constantFrom(undefined, 2, 4, '\t');

t.test('what is added leaves every character of a YAML document where it was', async (t) => {
  const property = fc.property(manifest, printStyle, additions, (object, style, adds) => {
    const text = print(object, style);
    const result = changed(text, (value) => adds.reduce((done, add) => add(done), value as Json));
    if (!isWithin(text, result)) throw new Error(`${text}\n=====\n${result}`);
  });
  t.doesNotThrow(() => fc.assert(property, RUNS));
});

t.test('what is added and taken away again leaves the same text', async (t) => {
  const property = fc.property(manifest, printStyle, additions, (object, style, adds) => {
    const text = print(object, style);
    const result = changed(text, (value) => adds.reduce((done, add) => add(done), value as Json));
    const back = changed(result, () => object);
    if (back !== text) throw new Error(`${text}\n=====\n${result}\n=====\n${back}`);
  });
  t.doesNotThrow(() => fc.assert(property, RUNS));
});

t.test('any change of any YAML document can be written', async (t) => {
  const alterations = fc.array(alteration, { maxLength: 4 });
  const property = fc.property(manifest, printStyle, alterations, (object, style, alters) => {
    const after = alters.reduce((value, alter) => alter(value), object);
    const result = changed(print(object, style), () => after);
    assert.deepEqual(onlySegment(result).document.toJS(), after);
  });
  t.doesNotThrow(() => fc.assert(property, RUNS));
});

t.test('JSON stays JSON with its layout, whatever is added', async (t) => {
  const property = fc.property(manifest, indentation, additions, (object, indent, adds) => {
    const text = `${JSON.stringify(object, null, indent)}\n`;
    const after = adds.reduce((done, add) => add(done), object);
    const result = changed(text, () => after);
    assert.equal(result, `${JSON.stringify(after, null, indent)}\n`);
  });
  t.doesNotThrow(() => fc.assert(property, RUNS));
});

t.test('JSON with any layout stays JSON, whatever is changed', async (t) => {
  const alterations = fc.array(alteration, { maxLength: 3 });
  const property = fc.property(manifest, indentation, alterations, (object, indent, alters) => {
    const after = alters.reduce((done, alter) => alter(done), object);
    assert.deepEqual(JSON.parse(changed(JSON.stringify(object, null, indent), () => after)), after);
  });
  t.doesNotThrow(() => fc.assert(property, RUNS));
});

t.test('JSON that cannot be edited in place is written anew with its indentation', async (t) => {
  const text = '\n{\r\n\t"a": { /**/ },\r\n\t"b": 1\r\n}\r\n'.replace(' /**/ ', '');
  const result = changed(text, () => ({ c: [1] }));
  t.equal(result, '\n{\r\n\t"c": [\r\n\t\t1\r\n\t]\r\n}\r\n');
});

t.test('a document that no edit and no rewriting leads to the value gives nothing', async (t) => {
  t.throws(() => changed('a: 1\n', () => ({ a: Number.NaN })), /not rewritten/);
});

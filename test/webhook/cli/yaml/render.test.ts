import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { parse } from 'yaml';
import { blockPair, scalarText } from '../../../../webhook/cli/yaml/render.ts';
import { MANIFEST_OPTIONS } from '../../../../webhook/cli/yaml/schema.ts';
import { text } from '../support/manifests.ts';

const READERS = {
  'YAML 1.2': { version: '1.2' },
  'YAML 1.1': { version: '1.1' },
  kubectl: MANIFEST_OPTIONS,
} as const;
const STYLE = { eol: '\n', step: 2, dash: 0, gap: 2 } as const;

t.test('every reader of YAML finds the string that was written', async (t) => {
  const strings = fc.oneof(text, fc.string(), fc.string({ unit: 'binary' }));
  for (const [name, options] of Object.entries(READERS)) {
    const property = fc.property(strings, (value) => {
      const line = scalarText(value);
      assert.doesNotMatch(line, /[\r\n]/);
      assert.equal(parse(`a: ${line}\n`, options).a, value);
      assert.deepEqual(parse(`[${line}, ${line}]\n`, options), [value, value]);
    });
    t.doesNotThrow(() => fc.assert(property, { numRuns: 500 }), name);
  }
});

t.test('ordinary names stay plain, JSON comes in single quotes on one line', async (t) => {
  t.equal(scalarText('zonekeeper-zrs'), 'zonekeeper-zrs');
  t.equal(scalarText('/mnt/secrets-store'), '/mnt/secrets-store');
  t.equal(scalarText('{"v":1,"it":"isn\'t"}'), `'{"v":1,"it":"isn''t"}'`);
  t.equal(scalarText('on'), "'on'");
  t.equal(scalarText('a\nb'), '"a\\nb"');
  t.equal(scalarText(true), 'true');
  t.equal(scalarText(300), '300');
  t.equal(scalarText(null), 'null');
});

t.test('collections are laid out in the style of the document', async (t) => {
  const value = { name: 'x', list: ['a', { b: 1, c: [] }, ['d']], map: {} };
  t.equal(
    blockPair('key', value, 2, STYLE),
    'key:\n    name: x\n    list:\n    - a\n    - b: 1\n      c: []\n    - - d\n    map: {}',
  );
  t.equal(
    blockPair('on', ['a', { b: 1, c: 2 }], 0, { eol: '\r\n', step: 4, dash: 2, gap: 4 }),
    "'on':\r\n  -   a\r\n  -   b: 1\r\n      c: 2",
  );
});

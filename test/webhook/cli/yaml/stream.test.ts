import t from 'tap';
import { readStream, type Segment, writeStream } from '../../../../webhook/cli/yaml/stream.ts';

function segmentsOf(text: string): readonly Segment[] {
  const read = readStream(text);
  if (read.fault) throw new Error(read.fault.detail);
  return read.segments;
}

const values = (text: string): unknown[] => segmentsOf(text).map(({ document }) => document.toJS());

const STREAMS: Readonly<Record<string, readonly [text: string, documents: number]>> = {
  'one document': ['a: 1\n', 1],
  'two documents': ['a: 1\n---\nb: 2\n', 2],
  'comments everywhere': ['# x\n---\n# y\na: 1 # z\n# w\n---\n# v\nb: 2\n# u\n', 2],
  'document ends and directives': ['a: 1\n...\n# c\n%YAML 1.2\n---\nb: 2\n...\n', 2],
  'empty documents': ['---\n---\n# only\n---\na: 1', 3],
  'no document': ['# only a comment\n\n', 0],
  'nothing at all': ['', 0],
  'a byte order mark': ['\ufeffa: 1\n---\nb: 2\n', 2],
  'a byte order mark before JSON': ['\ufeff{"a": 1}\n{"b": 2}\n', 2],
  'a byte order mark alone': ['\ufeff', 0],
  'Windows line breaks': ['a: 1\r\n---\r\nb: 2\r\n', 2],
  'no line break at the end': ['a: 1\n---\nb: 2', 2],
  'one JSON object': ['\n{"a": 1}\n', 1],
  'concatenated JSON': ['{"a": 1}{"b": "}"}\n\n {"c": ["{", "\\""]} \n', 3],
  'JSON with tabs': ['{\n\t"a": [\n\t\t1\n\t]\n}\n', 1],
  'JSON documents in YAML': ['{"a": 1}\n---\n{"b": 2}\n', 2],
  'YAML in braces': ['{a: 1}\n', 1],
};

for (const [name, [text, count]] of Object.entries(STREAMS)) {
  t.test(`${name}: read and written unchanged`, async (t) => {
    const segments = segmentsOf(text);
    t.equal(segments.length, count);
    t.equal(writeStream(text, segments, new Map()), text);
  });

  if (count === 0) continue;
  t.test(`${name}: replacing one document leaves the others`, async (t) => {
    const segments = segmentsOf(text);
    const last = segments.at(-1) as Segment;
    const old = last.source.slice(last.from, last.to);
    const result = writeStream(text, segments, new Map([[last, `<${old}>`]]));
    t.equal(result.replace('<', '').replace('>', ''), text);
    t.equal(result.indexOf('<') + old.length + 1, result.lastIndexOf('>'));
  });
}

t.test('values, numbers and lines of documents are told', async (t) => {
  t.strictSame(values('a: 1\n---\nb: 2\n'), [{ a: 1 }, { b: 2 }]);
  t.strictSame(values('{"a": 1}\n{"b": 2}\n'), [{ a: 1 }, { b: 2 }]);
  const segments = segmentsOf('{"a": 1}\n\n{"b":\n 2}\n');
  t.strictSame(
    segments.map(({ number }) => number),
    [1, 2],
  );
  t.equal(segments[1]?.lineOf(segments[1].document.contents?.range?.[0] ?? 0), 3);
});

t.test('JSON is told from YAML in braces', async (t) => {
  t.strictSame(
    segmentsOf('{"a": 1}\n---\n{a: 1}\n---\na: 1\n').map(({ json }) => json),
    [true, false, false],
  );
});

t.test('what cannot be read is a fault with its line', async (t) => {
  t.match(readStream('a: 1\n---\nb: [\n'), { fault: { line: /^[34]$/, detail: /Flow sequence/ } });
  t.match(readStream('a: "x\n'), { fault: { detail: /quote/ } });
  t.match(readStream('{"a": 1}\n{"b": }}\n'), { fault: { detail: /./ } });
  t.match(readStream('spec:\n{{- if .x }}\n  a: 1\n{{- end }}\n'), { fault: { detail: /./ } });
});

t.test(
  'a duplicate key is no fault of the stream: the document keeps it as an error',
  async (t) => {
    const [segment] = segmentsOf('a: 1\na: 2\n');
    t.match(segment?.document.errors, [{ code: 'DUPLICATE_KEY' }]);
  },
);

t.test('what kubectl accepts is accepted', async (t) => {
  t.strictSame(values('a: [\n  1\n]\n'), [{ a: [1] }]);
  t.strictSame(values(`"${'k'.repeat(1100)}": 1\n`), [{ ['k'.repeat(1100)]: 1 }]);
});

import t from 'tap';
import { lines } from '../../../webhook/controllers/lines.ts';

async function* bytes(...chunks: (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

async function collect(chunks: AsyncIterable<Buffer>): Promise<string[]> {
  const found: string[] = [];
  for await (const line of lines(chunks)) found.push(line);
  return found;
}

t.test('lines come whole, however the bytes are cut', async (t) => {
  t.same(await collect(bytes('{"a"', ':1}\n{"b":2}\n{"c"', ':3}\n')), [
    '{"a":1}',
    '{"b":2}',
    '{"c":3}',
  ]);
});

t.test('a character that is cut in two stays one', async (t) => {
  const text = Buffer.from('"é"\n');
  t.same(await collect(bytes(text.subarray(0, 2), text.subarray(2))), ['"é"']);
});

t.test('an unfinished line is left out', async (t) => {
  t.same(await collect(bytes('one\ntw')), ['one']);
  t.same(await collect(bytes()), []);
});

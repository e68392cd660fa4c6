import t from 'tap';
import { joinStreams } from '../../../webhook/cli/join.ts';

t.test('one text stays as it is, whatever it is', async (t) => {
  for (const text of ['', ' \n', 'a: 1', '\ufeffa: 1\r\n']) t.equal(joinStreams([text]), text);
  t.equal(joinStreams([]), '');
});

t.test('a separator is put where the second text brings none', async (t) => {
  t.equal(joinStreams(['a: 1\n', 'b: 2\n']), 'a: 1\n---\nb: 2\n');
  t.equal(joinStreams(['a: 1', '# x\nb: 2', 'c: 3\n']), 'a: 1\n---\n# x\nb: 2\n---\nc: 3\n');
  t.equal(joinStreams(['a: 1\n', '# x\n\n--- # y\nb: 2\n']), 'a: 1\n# x\n\n--- # y\nb: 2\n');
  t.equal(joinStreams(['a: 1\n', '---\r\nb: 2\n']), 'a: 1\n---\r\nb: 2\n');
  t.equal(joinStreams(['a: 1\n', '\ufeffb: 2\n']), 'a: 1\n---\nb: 2\n');
  t.equal(joinStreams(['a: 1\n', '%YAML 1.2\n---\nb: 2\n']), 'a: 1\n...\n%YAML 1.2\n---\nb: 2\n');
});

t.test('texts without content are left out', async (t) => {
  t.equal(joinStreams(['a: 1\n', '\n', 'b: 2\n']), 'a: 1\n---\nb: 2\n');
  t.equal(joinStreams(['', 'b: 2\n']), 'b: 2\n');
});

t.test('JSON follows JSON without a separator, and YAML with one', async (t) => {
  t.equal(joinStreams(['{"a": 1}', '{"b": 2}\n']), '{"a": 1}\n{"b": 2}\n');
  t.equal(joinStreams(['{"a": 1}\n', 'b: 2\n']), '{"a": 1}\n---\nb: 2\n');
  t.equal(joinStreams(['a: 1\n', '{"b": 2}\n']), 'a: 1\n---\n{"b": 2}\n');
});

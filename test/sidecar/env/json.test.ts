import t from 'tap';
import { read, written } from './support/one.ts';
import { assertRoundTrips } from './support/round-trip.ts';

t.test('JSON.parse reads back what was written', (t) =>
  assertRoundTrips(t, 'json', async (texts) =>
    texts.map((text) => new Map(Object.entries(JSON.parse(text) as Record<string, string>))),
  ),
);

t.test('the file is one object with a string for each variable', async (t) => {
  t.equal(written('json', 'a "b"\n\\é'), '{\n  "NAME": "a \\"b\\"\\n\\\\é"\n}\n');
  t.equal(read('json', '{}\n') instanceof Object, true);
  t.same(read('json', ' {\r\n"A":"1" ,\t"B" : "\\u00e9\\"\\\\" } \n'), { A: '1', B: 'é"\\' });
});

t.test('everything but an object of strings is refused at its line', async (t) => {
  const values = ['1', 'null', '["1"]', '{}', '"a', '"\\x"', '"\t"', '"1",', '"1" "C"', '"1"}}'];
  for (const value of values) {
    t.equal(read('json', `{\n"A": "1",\n"B": ${value}}`), 'line 3', value);
  }
  t.equal(read('json', ''), 'line 1');
  t.equal(read('json', '[]'), 'line 1');
  t.equal(read('json', '{"a.b": "1"}'), 'line 1');
  t.equal(read('json', '{\n"A" "1"}'), 'line 2');
});

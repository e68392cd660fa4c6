import t from 'tap';
import { configSchema, replaceConfig } from '../../../docs/generate/values-schema.ts';

t.test('the value config alone is replaced, where it stands', async (t) => {
  const text = '{"type":"object","properties":{"a":{"const":1},"config":{"old":1},"b":{}},"x":2}';
  const replaced = replaceConfig(text, { properties: { profiles: true } });
  t.equal(
    JSON.stringify(JSON.parse(replaced)),
    '{"type":"object","properties":{"a":{"const":1},"config":{"properties":{"profiles":true}},"b":{}},"x":2}',
  );
  t.equal(replaceConfig(replaced, { properties: { profiles: true } }), replaced);
});

t.test('a schema without the value is refused', async (t) => {
  t.throws(() => replaceConfig('{"properties":{}}', {}), /has no value "config"/);
});

t.test('the schema of the configuration stands alone and demands a default profile', async (t) => {
  const schema = configSchema();
  t.notMatch(JSON.stringify(schema), /"\$(schema|ref|id|defs)"/);
  t.match(schema, { properties: { profiles: { required: ['default'] } } });
});

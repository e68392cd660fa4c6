import { z } from 'zod';
import { configurationSchema } from '../../webhook/core/configuration.ts';
import type { Page } from './page.ts';

/** The schema of the chart's values: its part about the configuration file, made from the schema by which that is read. */
export const valuesSchemaPage: Page = {
  file: 'charts/zonekeeper/values.schema.json',
  render: (current) => replaceConfig(current, configSchema()),
};

interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>;
}

/**
 * What a JSON Schema says of the value `config`, in draft 7, which every Helm reads. A profile that a user sets to `null` is
 * not seen by it: Helm has removed it by then.
 */
export function configSchema(): Schema {
  const { $schema, ...schema } = z.toJSONSchema(configurationSchema, {
    io: 'input',
    target: 'draft-7',
    override: ({ zodSchema, jsonSchema }) => {
      // A file without it is refused as ZK302, by a rule beside the schema.
      if (zodSchema === configurationSchema.shape.profiles) jsonSchema.required = ['default'];
    },
  });
  return schema as Schema;
}

/** Puts `config` in the place of the schema of the value of that name; everything else keeps its meaning and its order. */
export function replaceConfig(text: string, config: Schema): string {
  const whole = JSON.parse(text) as Schema;
  if (whole.properties?.config === undefined) throw new Error('the schema has no value "config"');
  const properties = { ...whole.properties, config };
  return `${JSON.stringify({ ...whole, properties }, null, 2)}\n`;
}

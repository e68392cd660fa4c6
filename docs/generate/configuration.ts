import { z } from 'zod';
import { configurationSchema } from '../../webhook/core/configuration.ts';
import { type Page, replaceBlock } from './page.ts';
import { table } from './table.ts';

/** The table of the configuration file's keys, made from the schema by which it is read. */
export const configurationPage: Page = {
  file: 'docs/configuration.md',
  render: (current) => replaceBlock(current, 'configuration', keys()),
};

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
}

function keys(): string {
  const schema = z.toJSONSchema(configurationSchema, { io: 'input' }) as Schema;
  return table(['Key', 'Type', 'Default', 'Meaning'], rows(schema, ''));
}

function rows(schema: Schema, path: string): string[][] {
  const named = Object.entries(schema.properties ?? {}).map(
    ([key, value]) => [path + key, value] as const,
  );
  const any = schema.additionalProperties;
  const all = any ? [...named, [`${path}NAME`, any] as const] : named;
  return all.flatMap(([key, value]) => [
    ...(value.description === undefined ? [] : [row(key, value)]),
    ...rows(value, `${key}.`),
  ]);
}

function row(key: string, { type, items, default: fallback, description }: Schema): string[] {
  const shape = items === undefined ? (type ?? '') : `list of ${items.type}`;
  const standard = typeof fallback === 'string' ? `\`${fallback}\`` : '–';
  return [`\`${key}\``, shape, standard, description ?? ''];
}

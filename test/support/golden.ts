import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseAllDocuments, stringify } from 'yaml';
import { configurationSchema, SHIPPED_CONFIGURATION } from '../../webhook/core/configuration.ts';
import { mutateCreate, mutateUpdate } from '../../webhook/core/mutate.ts';
import type { Mutation } from '../../webhook/core/mutation.ts';
import { sentence } from '../../webhook/core/problems.ts';
import type { StatefulSet } from '../../webhook/core/statefulset.ts';
import { EMPTY_VIEW } from '../../webhook/core/view.ts';
import { contextWith } from './context.ts';

const FOLDER = new URL('../golden/core/', import.meta.url);

/** How the sets of a case are admitted, its first document. */
interface Settings {
  readonly operation: 'CREATE' | 'UPDATE';
  readonly configuration?: unknown;
  readonly offline?: boolean;
  /** Of Kubernetes 1, where it is known. */
  readonly minor?: number;
}

/** Names of the cases: `NAME.in.yaml` holds the settings, the set and, for an update, the stored set. */
export function goldenCases(): string[] {
  const inputs = readdirSync(FOLDER).filter((file) => file.endsWith('.in.yaml'));
  return inputs.map((file) => file.slice(0, -'.in.yaml'.length)).sort();
}

/**
 * What is expected of a case, from `NAME.out.yaml`, and what comes of it: the whole object, then every message. With
 * `UPDATE_GOLDEN` in the environment what comes of it is written down first, to be reviewed line by line before it is
 * committed.
 */
export function goldenCase(name: string): { readonly expected: string; readonly actual: string } {
  const [settings, ...sets] = parseAllDocuments(read(`${name}.in.yaml`)).map((one) => one.toJS());
  const actual = written(admitted(settings, sets));
  if (process.env.UPDATE_GOLDEN) writeFileSync(new URL(`${name}.out.yaml`, FOLDER), actual);
  return { expected: read(`${name}.out.yaml`), actual };
}

function read(file: string): string {
  return readFileSync(new URL(file, FOLDER), 'utf8');
}

function admitted(settings: Settings, [object, stored]: readonly StatefulSet[]): Mutation {
  const { operation, configuration = SHIPPED_CONFIGURATION, offline = false, minor } = settings;
  const context = contextWith({
    configuration: configurationSchema.parse(configuration),
    offline,
    view: minor === undefined ? EMPTY_VIEW : { version: { major: 1, minor } },
  });
  if (object === undefined) throw new Error('no set');
  const namespace = object.metadata.namespace ?? 'default';
  if (operation === 'CREATE') return mutateCreate(object, namespace, context);
  if (stored === undefined) throw new Error('no stored set');
  return mutateUpdate(object, stored, namespace, context);
}

function written({ object, outcome, denials, warnings }: Mutation): string {
  const messages = [...denials, ...warnings].map(sentence);
  const documents = [{ outcome, messages }, ...(outcome === 'denied' ? [] : [object])];
  const options = { lineWidth: 0, aliasDuplicateObjects: false };
  return documents.map((document) => stringify(document, options)).join('---\n');
}

import { readFile } from 'node:fs/promises';
import { parseAllDocuments } from 'yaml';
import { type Fields, fields } from '../../test/support/api-server/defaults.ts';

export const EXAMPLE = 'examples/mysql-statefulset.yaml';

/** The StatefulSet of the example manifest. */
export async function exampleSet(): Promise<Fields> {
  const documents = parseAllDocuments(await readFile(EXAMPLE, 'utf8'));
  const found = documents
    .map((one) => fields(one.toJS()))
    .find(({ kind }) => kind === 'StatefulSet');
  if (found === undefined) throw new Error(`${EXAMPLE} holds no StatefulSet`);
  return found;
}

/** The set with other annotations. */
export function annotated(set: Fields, annotations: Readonly<Record<string, string>>): Fields {
  return { ...set, metadata: { ...fields(set.metadata), annotations } };
}

/** What a user looks at: no bookkeeping of the API server and of kubectl. */
export function readable(object: Fields): Fields {
  const { managedFields: _, ...metadata } = fields(object.metadata);
  const { 'kubectl.kubernetes.io/last-applied-configuration': __, ...annotations } = fields(
    metadata.annotations,
  );
  return { ...object, metadata: { ...metadata, annotations } };
}

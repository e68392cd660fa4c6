import * as kubernetes from '@kubernetes/client-node';

interface Attribute {
  readonly baseName: string;
  readonly type: string;
}

type Model = { getAttributeTypeMap(): readonly Attribute[] };

const models = kubernetes as unknown as Readonly<Record<string, Model | undefined>>;
const SCALARS = ['string', 'number', 'boolean'];

/**
 * What is wrong with the fields of an object of Kubernetes: names that its API does not know, and scalars of another type,
 * each with its path. Knows the API that the Kubernetes client was generated from; required fields are not looked for.
 */
export function fieldProblems(kind: string, value: unknown): string[] {
  return problemsOf(`V1${kind}`, value, kind);
}

function problemsOf(type: string, value: unknown, path: string): string[] {
  const items = /^Array<(?<of>.+)>$/.exec(type)?.groups?.of;
  if (items !== undefined) return listProblems(items, value, path);
  const values = /^\{ \[key: string\]: (?<of>.+); \}$/.exec(type)?.groups?.of;
  if (values !== undefined) return mapProblems(() => values, value, path);
  const attributes = models[type]?.getAttributeTypeMap();
  if (attributes === undefined) return scalarProblems(type, value, path);
  const types = new Map(attributes.map((attribute) => [attribute.baseName, attribute.type]));
  return mapProblems((key) => types.get(key), value, path);
}

function listProblems(type: string, value: unknown, path: string): string[] {
  if (!Array.isArray(value)) return [`${path} is no list`];
  return value.flatMap((item, index) => problemsOf(type, item, `${path}[${index}]`));
}

function mapProblems(
  typeOf: (key: string) => string | undefined,
  value: unknown,
  path: string,
): string[] {
  if (typeof value !== 'object' || value === null) return [`${path} is no object`];
  return Object.entries(value).flatMap(([key, field]) => {
    const type = typeOf(key);
    if (type === undefined) return [`${path}.${key} is unknown`];
    return problemsOf(type, field, `${path}.${key}`);
  });
}

function scalarProblems(type: string, value: unknown, path: string): string[] {
  const allowed = type === 'IntOrString' ? ['number', 'string'] : [type];
  const known = allowed.some((name) => SCALARS.includes(name));
  return !known || allowed.includes(typeof value) ? [] : [`${path} is no ${type}`];
}

import { type Fields, fields } from './defaults.ts';

/** Keys by which server-side apply tells the items of a list apart; other lists are owned as a whole. */
const ITEM_KEYS: Readonly<Record<string, readonly string[]>> = {
  initContainers: ['name'],
  containers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  ports: ['containerPort', 'protocol'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
};

/** Maps that are owned as a whole. */
const ATOMIC = ['selector', 'labelSelector', 'nodeSelector'];

/** The entry of `managedFields` that says that one manager set the whole metadata and spec of the object. */
export function managedBy(manager: string, object: Fields, time: string): Fields {
  const { annotations, labels } = fields(object.metadata);
  return {
    manager,
    operation: 'Update',
    apiVersion: object.apiVersion,
    time,
    fieldsType: 'FieldsV1',
    fieldsV1: {
      'f:metadata': ownership('metadata', { annotations, labels }),
      'f:spec': ownership('spec', object.spec),
    },
  };
}

function ownership(name: string, value: unknown): Fields {
  if (Array.isArray(value)) return itemOwnership(ITEM_KEYS[name], value);
  if (typeof value !== 'object' || value === null || ATOMIC.includes(name)) return {};
  const owned = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([key, inner]): [string, Fields] => [`f:${key}`, ownership(key, inner)]);
  return owned.length === 0 ? {} : { '.': {}, ...Object.fromEntries(owned) };
}

function itemOwnership(keys: readonly string[] | undefined, items: readonly unknown[]): Fields {
  if (keys === undefined) return {};
  const owned = items.map((item): [string, Fields] => {
    const key = Object.fromEntries(keys.map((each) => [each, fields(item)[each]]));
    return [`k:${JSON.stringify(key)}`, ownership('item', item)];
  });
  return { '.': {}, ...Object.fromEntries(owned) };
}

import fc from 'fast-check';
import { copyOf } from '../statefulset.ts';
import { anyJson } from './json.ts';
import { anySets } from './statefulset.ts';

type Step = string | number;
type Nested = Record<Step, unknown>;

/** The review of a set, as the API server sends it. */
export function reviewOf(object: unknown, oldObject: unknown = null): Record<string, unknown> {
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
      kind: { group: 'apps', version: 'v1', kind: 'StatefulSet' },
      resource: { group: 'apps', version: 'v1', resource: 'statefulsets' },
      name: 'app',
      namespace: 'shop',
      operation: oldObject === null ? 'CREATE' : 'UPDATE',
      dryRun: false,
      object,
      oldObject,
    },
  };
}

/** Who set what, or what somebody calls so. */
const managedFields = fc.array(
  fc.record(
    {
      manager: fc.constantFrom('kubectl', 'helm'),
      operation: fc.constantFrom('Update', 'Apply'),
      fieldsV1: fc.oneof(
        anyJson,
        fc.constantFrom(
          { 'f:spec': { 'f:template': {}, 'f:replicas': {} } },
          { 'f:spec': { 'f:volumeClaimTemplates': {} } },
        ),
      ),
    },
    { requiredKeys: [] },
  ),
  { maxLength: 2 },
);

const managedSets = fc
  .tuple(anySets, fc.option(managedFields, { nil: undefined }))
  .map(([set, managedFields]) => ({ ...set, metadata: { ...set.metadata, managedFields } }));

/** Reviews of creations and of updates between two sets that have nothing to do with each other. */
export const reviews = fc
  .tuple(managedSets, fc.option(managedSets))
  .map(([object, oldObject]) => copyOf<Nested>(reviewOf(object, oldObject)));

/** Reviews in which a few fields, wherever they stand, hold any JSON. */
export const brokenReviews = fc
  .tuple(reviews, fc.array(fc.tuple(fc.nat(), anyJson), { minLength: 1, maxLength: 3 }))
  .map(([review, changes]) => {
    for (const [at, value] of changes) replaceAt(review, at, value);
    return copyOf<unknown>(review);
  });

function replaceAt(root: Nested, at: number, value: unknown): void {
  const places = [...placesIn(root)];
  const place = places[at % places.length];
  if (place !== undefined) place.holder[place.key] = value;
}

function* placesIn(holder: Nested): Generator<{ holder: Nested; key: Step }> {
  for (const [key, value] of Object.entries(holder)) {
    yield { holder, key };
    if (typeof value === 'object' && value !== null) yield* placesIn(value as Nested);
  }
}

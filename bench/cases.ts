import fastJsonPatch from 'fast-json-patch';
import { annotated, exampleSet } from '../examples/demo/example.ts';
import { type Fields, fields } from '../test/support/api-server/defaults.ts';
import {
  applied,
  appliedOver,
  reviewOfCreate,
  reviewOfUpdate,
  stored,
} from '../test/support/api-server/review.ts';
import { SHIPPED_CONFIGURATION } from '../webhook/core/configuration.ts';
import { review } from '../webhook/core/review.ts';
import { EMPTY_VIEW } from '../webhook/core/view.ts';
import { VERSION } from '../webhook/version.ts';

/** A request to measure. */
export interface Case {
  readonly name: string;
  /** The whole body of the request. */
  readonly body: string;
  /** How many of them make a turn. */
  readonly requests: number;
}

const LARGE = 100_000;
const ONE_ANNOTATION = { 'zonekeeper.io/inject': 'true' };

/**
 * Reviews as an API server sends them for the example (10 kB) and for one of 20 containers (100 kB):
 * its creation with the one annotation that is needed, with all annotations of the example, and `kubectl apply` of the
 * manifest over the injected set, whose review carries the set twice. One of 10 containers makes an update of 100 kB.
 */
export async function cases(): Promise<Case[]> {
  const small = await exampleSet();
  const large = enlarged(small, 20, creation);
  const sets = [
    { set: small, review: creation, of: 'CREATE', requests: 500 },
    { set: small, review: update, of: 'UPDATE', requests: 300 },
    { set: large, review: creation, of: 'CREATE', requests: 80 },
    { set: enlarged(small, 10, update), review: update, of: 'UPDATE', requests: 80 },
    { set: large, review: update, of: 'UPDATE', requests: 40 },
  ];
  return sets.flatMap(({ set, review, of, requests }) => [
    { name: `${of}, one annotation`, body: review(annotated(set, ONE_ANNOTATION)), requests },
    { name: `${of}, whole example`, body: review(set), requests },
  ]);
}

const creation = (manifest: Fields): string => JSON.stringify(reviewOfCreate(applied(manifest)));

function update(manifest: Fields): string {
  const created = applied(manifest);
  const reviewed = review(reviewOfCreate(created), {
    configuration: SHIPPED_CONFIGURATION,
    view: EMPTY_VIEW,
    now: Date.now(),
    version: VERSION,
  });
  const encoded = reviewed.malformed === undefined ? reviewed.answer.response.patch : undefined;
  if (encoded === undefined) throw new Error('the manifest is not injected');
  const patch = JSON.parse(Buffer.from(encoded, 'base64').toString());
  const old = stored(fastJsonPatch.applyPatch(created, patch, false, false).newDocument);
  return JSON.stringify(reviewOfUpdate(appliedOver(old, manifest), old));
}

/** The set with so many containers, each with as many more variables as its review needs to become large. */
function enlarged(
  manifest: Fields,
  containers: number,
  reviewOf: (manifest: Fields) => string,
): Fields {
  for (let variables = 0; ; variables += 1) {
    const grown = withContainers(manifest, containers, variables);
    if (reviewOf(grown).length >= LARGE) return grown;
  }
}

function withContainers(manifest: Fields, count: number, variables: number): Fields {
  const spec = fields(manifest.spec);
  const template = fields(spec.template);
  const podSpec = fields(template.spec);
  const [first] = podSpec.containers as readonly Fields[];
  const { ports: _, ...common } = fields(first);
  const env = Array.from({ length: variables }, (_, n) => ({
    name: `SETTING_${n}`,
    value: `value of ${n}`,
  }));
  const containers = Array.from({ length: count }, (_, n) => ({
    ...common,
    name: `mysql-${n}`,
    env: [...(common.env as readonly Fields[]), ...env],
  }));
  const pod = { ...template, spec: { ...podSpec, containers } };
  return { ...manifest, spec: { ...spec, template: pod } };
}

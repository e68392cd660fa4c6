import fc from 'fast-check';
import type { StatefulSet } from '../../../webhook/core/statefulset.ts';
import { annotated, copyOf, MARKER } from '../statefulset.ts';
import { TENANT } from '../vault.ts';
import { flawed, foreign, NAMES, prefixed, sound } from './annotations.ts';
import { anyText, maybe, textMap } from './json.ts';
import { podSpec } from './pod-spec.ts';

const claimSpec = fc.record(
  {
    storageClassName: maybe(fc.constantFrom(...NAMES.class, ''), null),
    volumeName: fc.constant('disk-1'),
    selector: fc.constant({ matchLabels: { tier: 'x' } }),
    accessModes: fc.constantFrom(['ReadWriteOnce'], ['ReadWriteMany']),
    resources: fc.constant({ requests: { storage: '10Gi' } }),
  },
  { requiredKeys: ['accessModes'] },
);

const claim = fc.record({
  metadata: fc.record(
    {
      name: fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom('data', 'logs', 'constructor') },
        { weight: 1, arbitrary: fc.constant('zonekeeper-secrets') },
      ),
      annotations: maybe(
        fc.constantFrom({}, { 'volume.beta.kubernetes.io/storage-class': 'premium-zrs' }),
        null,
      ),
    },
    { requiredKeys: ['name'] },
  ),
  spec: claimSpec,
});

const claims = maybe(
  fc.uniqueArray(claim, { maxLength: 3, selector: ({ metadata }) => metadata.name }),
  null,
  [],
);

/** A marker that somebody made up. */
const forgery = fc.oneof(
  anyText,
  fc.constantFrom(
    '{"v":1}',
    '{"v":1,"claims":{"data":"premium-zrs"},"scheduler":{"name":"volcano"}}',
    '{"v":1,"by":"9","profile":"gold","request":{"inject":"true"},"failover":{"seconds":30,"keys":["node.kubernetes.io/not-ready"]}}',
    '{"v":1,"secrets":[{"volume":"zonekeeper-secrets","class":"vault","path":"/mnt/secrets-store"}]}',
    '{"v":1,"sidecar":{},"environment":{"delivery":"file"}}',
    '{"v":1,"sidecar":{"token":true},"environment":{"delivery":"kubernetes","variables":["A","D"]}}',
    '{"v":1,"placement":{"group":"ppg-1","made":"affinity"}}',
    '{"v":2}',
    '{"v":1,"by":"9","reloader":{}}',
    `{"v":1,"request":{"inject":"true","secrets":"root"},"secrets":[{"volume":"zonekeeper-secrets","class":"zonekeeper-app-0123456789","path":"/a"}],"vault":{"class":"zonekeeper-app-0123456789","vault":"foreign","tenant":"${TENANT}","identity":"vm-managed-identity"}}`,
  ),
);

function sets(asks: fc.Arbitrary<Readonly<Record<string, string>>>): fc.Arbitrary<StatefulSet> {
  return fc
    .record({
      asks,
      others: foreign,
      marker: fc.option(forgery, { nil: undefined, freq: 8 }),
      labels: maybe(textMap, null),
      pod: podSpec,
      claims,
      replicas: fc.option(fc.nat({ max: 3 }), { nil: undefined }),
    })
    .map(({ asks, others, marker, labels, pod, claims, replicas }) =>
      copyOf({
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: {
          name: 'app',
          annotations: { ...others, ...prefixed(asks), 'zonekeeper.io/injected': marker },
        },
        spec: {
          replicas,
          serviceName: 'app',
          template: { metadata: { labels }, spec: pod },
          volumeClaimTemplates: claims,
        },
      }),
    );
}

/** Sets that ask for something in annotations that can be read; some come with a forged marker. */
export const soundSets = sets(sound);

/** Sets that ask for something and come without any marker, as their authors write them. */
export const bareSets = soundSets.map((set) => annotated(set, { [MARKER]: undefined }));

/** Sets with mistakes in their annotations. */
export const flawedSets = sets(flawed);

/** Sets that are not opted in. */
export const foreignSets = sets(
  fc.constantFrom({}, { inject: 'false' }, { 'storage-class': 'premium-zrs' }),
);

export const anySets = fc.oneof(
  { weight: 4, arbitrary: soundSets },
  { weight: 1, arbitrary: flawedSets },
  { weight: 1, arbitrary: foreignSets },
);

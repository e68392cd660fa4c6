import fc from 'fast-check';
import { TENANT } from '../vault.ts';
import { NAMES } from './annotations.ts';
import { maybe, textMap } from './json.ts';

/** Names and paths that clash with those of zonekeeper come up, but seldom: a set that is refused proves little. */
const volumeName = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('data', 'config', 'constructor') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('zonekeeper-secrets', 'zonekeeper-secrets-vault', 'zonekeeper-env'),
  },
);
const mountPath = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('/data', '/etc/config') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '/mnt/secrets-store',
      '/mnt/secrets-store/',
      '/a/vault',
      '/run/zonekeeper',
    ),
  },
);

const mount = fc.record(
  {
    name: volumeName,
    mountPath,
    readOnly: fc.boolean(),
    subPath: fc.constant('x'),
  },
  { requiredKeys: ['name', 'mountPath'] },
);

/** Variables clash with injected ones as seldom. */
const variable = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ name: fc.constantFrom('__proto__', 'D'), value: fc.string() }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { name: 'A', value: 'own' },
      { name: 'ZONEKEEPER_ENV_FILE', value: '/run/zonekeeper/app.env' },
      { name: 'E', valueFrom: { fileKeyRef: { volumeName: 'files', path: 'a', key: 'E' } } },
    ),
  },
);

const user = fc.record({ runAsUser: fc.constantFrom(0, 1000, 2000) }, { requiredKeys: [] });

const port = fc.oneof(
  { weight: 12, arbitrary: fc.constant({ name: 'http', containerPort: 8080 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ containerPort: 9809 }, { containerPort: 9809, protocol: 'UDP' }),
  },
);

const container = (name: fc.Arbitrary<string>) =>
  fc.record(
    {
      name,
      image: fc.constantFrom('a:1', 'b:2'),
      env: maybe(fc.uniqueArray(variable, { maxLength: 2, selector: ({ name }) => name }), null),
      ports: maybe(fc.array(port, { maxLength: 1 }), null),
      securityContext: maybe(user, null),
      volumeMounts: maybe(fc.array(mount, { maxLength: 2 }), null, []),
    },
    { requiredKeys: ['name', 'image'] },
  );

/** Those containers, and any of the others. */
const containers = (always: readonly string[], others: readonly string[]) =>
  fc
    .subarray([...others])
    .chain((more) => fc.tuple(...[...always, ...more].map((name) => container(fc.constant(name)))));

const csi = fc.record(
  {
    driver: fc.constantFrom('secrets-store.csi.k8s.io', 'disk.csi.azure.com'),
    readOnly: fc.boolean(),
    volumeAttributes: maybe(
      fc.oneof(textMap, fc.record({ secretProviderClass: fc.constantFrom(...NAMES.secretClass) })),
      null,
    ),
  },
  { requiredKeys: ['driver'] },
);

/** Mostly such as can be converted. The API server leaves out a `readOnly` that is false. */
const flexVolume = fc.record(
  {
    driver: fc.oneof({ weight: 5, arbitrary: fc.constant('azure/kv') }, fc.constant('a/b')),
    secretRef: fc.constant({ name: 'kvcreds' }),
    readOnly: fc.constant(true),
    options: fc
      .tuple(fc.constantFrom('secret;secret', 'secret;secret', 'secret;cert'), fc.boolean())
      .map(([keyvaultobjecttypes, aliases]) => ({
        keyvaultname: 'contoso-prod',
        tenantid: TENANT,
        keyvaultobjectnames: 'a;b',
        keyvaultobjecttypes,
        ...(aliases && { keyvaultobjectaliases: 'x/y;z' }),
      })),
  },
  { requiredKeys: ['driver', 'secretRef', 'options'] },
);

const volume = fc.oneof(
  fc.record({ name: volumeName, emptyDir: fc.constant({}) }),
  fc.record({ name: volumeName, csi }),
  fc.record({ name: volumeName, flexVolume }),
);

const requirement = fc.oneof(
  fc.record({
    key: fc.constant('kubernetes.azure.com/ppg'),
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.subarray([...NAMES.group]),
  }),
  fc.record({
    key: fc.constantFrom('topology.kubernetes.io/zone', 'kubernetes.io/arch'),
    operator: fc.constantFrom('In', 'Exists'),
    values: maybe(fc.subarray(['westeurope-1', 'westeurope-2']), null),
  }),
);

const term = fc.record(
  {
    matchExpressions: maybe(fc.array(requirement, { maxLength: 2 }), null, []),
    matchFields: maybe(fc.array(requirement, { maxLength: 1 }), null, []),
  },
  { requiredKeys: [] },
);

const nodeAffinity = fc.record(
  {
    requiredDuringSchedulingIgnoredDuringExecution: maybe(
      fc.record({ nodeSelectorTerms: maybe(fc.array(term, { maxLength: 3 }), null) }),
      null,
    ),
    preferredDuringSchedulingIgnoredDuringExecution: maybe(fc.constant([{ weight: 1 }]), []),
  },
  { requiredKeys: [] },
);

const affinity = fc.record(
  { nodeAffinity: maybe(nodeAffinity, null), podAntiAffinity: maybe(fc.constant({}), null) },
  { requiredKeys: [] },
);

const toleration = fc.record(
  {
    key: fc.constantFrom('node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable', 'gpu'),
    operator: fc.constantFrom('Exists', 'Equal'),
    effect: fc.constantFrom('NoExecute', 'NoSchedule', ''),
    tolerationSeconds: fc.constantFrom(5, 30, 300),
  },
  { requiredKeys: [] },
);

/** A pod spec with everything that zonekeeper looks at, often in shapes that are rare. */
export const podSpec: fc.Arbitrary<object> = fc.record(
  {
    schedulerName: maybe(fc.constantFrom(...NAMES.scheduler), null, ''),
    nodeSelector: maybe(textMap, null),
    affinity: maybe(affinity, null),
    tolerations: maybe(fc.array(toleration, { maxLength: 2 }), null, []),
    volumes: maybe(
      fc.uniqueArray(volume, { maxLength: 3, selector: ({ name }) => name }),
      null,
      [],
    ),
    initContainers: maybe(
      fc.oneof(
        { weight: 12, arbitrary: containers([], ['init', 'setup']) },
        { weight: 1, arbitrary: containers(['zonekeeper-sidecar'], ['init']) },
      ),
      null,
    ),
    securityContext: maybe(user, {}),
    containers: containers(['app'], ['helper', 'toString']),
    hostNetwork: fc.boolean(),
  },
  { requiredKeys: ['containers'] },
);

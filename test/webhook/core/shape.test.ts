import t from 'tap';
import { checkShape } from '../../../webhook/core/shape.ts';
import type { StatefulSet } from '../../../webhook/core/statefulset.ts';
import { arriving, copyOf, manifest, withPod } from '../../support/statefulset.ts';

function faults(value: unknown, root?: string): string[] {
  return (checkShape(value, root).problems ?? []).map(
    ({ found, expected }) => `${found}; expected ${expected}`,
  );
}

t.test('a StatefulSet has its shape, as it is written and as it arrives', async (t) => {
  const set = manifest();
  t.match(checkShape(set), { statefulSet: set, problems: undefined });
  t.same(faults(arriving(set)), []);
});

t.test('a value that is no object is told of by its type only', async (t) => {
  t.same(faults(undefined), ['the object is absent; expected an object']);
  t.same(faults(null), ['the object is null; expected an object']);
  t.same(faults([]), ['the object is a list; expected an object']);
  t.same(faults('s3cr3t'), ['the object is a value of type string; expected an object']);
});

t.test('what must be there is missed', async (t) => {
  t.same(faults({}), [
    'metadata is absent; expected an object',
    'spec is absent; expected an object',
  ]);
  t.same(faults({ metadata: {}, spec: {} }), ['spec.template is absent; expected an object']);
  t.same(faults({ metadata: {}, spec: { template: { spec: null } } }), [
    'spec.template.spec is null; expected an object',
  ]);
});

t.test('every wrong type is told of with its path', async (t) => {
  const set = withPod(manifest(), {
    schedulerName: 1,
    nodeSelector: { zone: 2 },
    tolerations: [{ tolerationSeconds: '30' }],
    volumes: [{ name: 'x', csi: { readOnly: 'yes', volumeAttributes: [] } }, null],
    containers: [{ name: 'app', volumeMounts: [{ name: 'x' }] }, {}],
    affinity: {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: {} } },
    },
  });
  t.same(faults(set), [
    'spec.template.spec.schedulerName is a value of type number; expected a string',
    'spec.template.spec.nodeSelector["zone"] is a value of type number; expected a string',
    'spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms is a value of type object; expected a list',
    'spec.template.spec.tolerations[0].tolerationSeconds is a value of type string; expected a number',
    'spec.template.spec.volumes[0].csi.readOnly is a value of type string; expected true or false',
    'spec.template.spec.volumes[0].csi.volumeAttributes is a list; expected an object',
    'spec.template.spec.volumes[1] is null; expected an object',
    'spec.template.spec.containers[0].volumeMounts[0].mountPath is absent; expected a string',
    'spec.template.spec.containers[1].name is absent; expected a string',
  ]);
});

t.test('claim templates and metadata are looked at too', async (t) => {
  const set = manifest({
    metadata: { annotations: { a: 1 }, ownerReferences: [{ controller: 'yes' }] },
    claims: [
      { metadata: {}, spec: { storageClassName: [], resources: { requests: { storage: true } } } },
    ],
    spec: {
      replicas: '3',
      ordinals: { start: null },
      volumeClaimTemplates: [{ spec: { accessModes: 'x' } }],
    },
  });
  t.same(faults(set, 'oldObject'), [
    'oldObject.metadata.annotations["a"] is a value of type number; expected a string',
    'oldObject.metadata.ownerReferences[0].controller is a value of type string; expected true or false',
    'oldObject.spec.replicas is a value of type string; expected a number',
    'oldObject.spec.volumeClaimTemplates[0].metadata is absent; expected an object',
    'oldObject.spec.volumeClaimTemplates[0].spec.accessModes is a value of type string; expected a list',
  ]);
});

t.test('a variable with a text is looked at as a whole', async (t) => {
  const env = [
    { name: 'A', value: 'a', valueFrom: null },
    { name: 'B', value: 'b', valueFrom: 'c' },
    { name: 'C', value: null, valueFrom: { fileKeyRef: { key: 1 } } },
    { name: 1, value: 'd' },
    null,
  ];
  const at = 'spec.template.spec.containers[0].env';
  t.same(faults(withPod(manifest(), { containers: [{ name: 'app', env }] })), [
    `${at}[1].valueFrom is a value of type string; expected an object`,
    `${at}[2].valueFrom.fileKeyRef.key is a value of type number; expected a string`,
    `${at}[3].name is a value of type number; expected a string`,
    `${at}[4] is null; expected an object`,
  ]);
});

t.test('nothing written as null is an absent field', async (t) => {
  const nothing = {
    schedulerName: null,
    nodeSelector: null,
    affinity: null,
    tolerations: null,
    volumes: null,
    initContainers: null,
  };
  t.same(
    faults(
      copyOf(withPod(manifest({ spec: { volumeClaimTemplates: null, replicas: null } }), nothing)),
    ),
    [],
  );
});

t.test('a quantity may be a number', async (t) => {
  const claims = [
    { metadata: { name: 'data' }, spec: { resources: { requests: { storage: 1024 } } } },
  ];
  t.same(faults(manifest({ claims })), []);
});

t.test('what zonekeeper does not look at may be anything', async (t) => {
  t.same(
    faults({
      ...manifest({ pod: { hostname: [], containers: [{ name: 'a', image: 1 }] } }),
      kind: 7,
    }),
    [],
  );
});

t.test('what is shared with a sound object is passed over, and nothing else is', async (t) => {
  const wrong = { containers: [{ name: 'app', env: [{ name: 'A', value: 1 }] }, { name: 'b' }] };
  const set = withPod(manifest(), wrong);
  const [first, second] = wrong.containers;
  const sound = (containers: unknown) =>
    withPod(manifest(), { containers }) as unknown as StatefulSet;
  const told = (containers: unknown) =>
    checkShape(set, '', sound(containers)).problems?.map(({ found }) => found);
  t.same(told([first, second]), undefined, 'nothing is looked at twice');
  const fault = ['spec.template.spec.containers[0].env[0].value is a value of type number'];
  t.same(told([second, first]), fault, 'the counterpart is that of the same place');
  t.same(told([copyOf(first)]), fault, 'an equal one does not count');
  t.same(told(undefined), fault);
});

t.test('of an object that is wrong throughout enough is told, and soon', async (t) => {
  const containers = Array.from({ length: 500_000 }, () => 1);
  const told = faults(manifest({ pod: { containers } }));
  t.ok(told.length >= 20 && told.length < 60, `${told.length} faults`);
});

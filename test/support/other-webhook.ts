import fc from 'fast-check';
import type { Container, PodSpec, StatefulSet } from '../../webhook/core/statefulset.ts';
import type { Fields } from './api-server/defaults.ts';
import { withPod } from './statefulset.ts';

/** What another mutating webhook does to a set; twice is once. */
export type Edit = (set: StatefulSet) => StatefulSet;

const PROXY = { name: 'proxy', image: 'proxy:1' };
const GPU = { key: 'gpu', operator: 'Exists' };
const NOT_READY = {
  key: 'node.kubernetes.io/not-ready',
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 10,
};

function editPod(edit: (spec: PodSpec) => Fields): Edit {
  return (set) => withPod(set, edit(set.spec.template.spec));
}

function added<T extends object>(list: readonly T[] | undefined, key: keyof T, item: T): T[] {
  const all = list ?? [];
  return all.some((one) => one[key] === item[key]) ? [...all] : [...all, item];
}

function mirrored(container: Container): Container {
  const { image = '' } = container as Container & { image?: string };
  return { ...container, ...{ image: image.replace(/^(mirror\/)?/, 'mirror/') } };
}

function traced(container: Container): Container {
  return { ...container, env: added(container.env, 'name', { name: 'TRACE', value: 'on' }) };
}

/** Edits as service meshes, policy engines and the safeguards of AKS make them. */
const EDITS: Readonly<Record<string, Edit>> = {
  'adds a container': editPod(({ containers }) => ({
    containers: added(containers, 'name', PROXY),
  })),
  'adds a container with the mounts of the first': editPod(({ containers }) => ({
    containers: added(containers, 'name', {
      ...PROXY,
      volumeMounts: containers?.[0]?.volumeMounts ?? [],
    }),
  })),
  'adds an init container first': editPod(({ initContainers = [] }) => ({
    initContainers: [PROXY, ...initContainers.filter(({ name }) => name !== PROXY.name)],
  })),
  'takes every image from a mirror': editPod(({ initContainers, containers }) => ({
    ...(initContainers && { initContainers: initContainers.map(mirrored) }),
    containers: containers?.map(mirrored),
  })),
  'adds a variable to every container': editPod(({ initContainers, containers }) => ({
    ...(initContainers && { initContainers: initContainers.map(traced) }),
    containers: containers?.map(traced),
  })),
  'adds a volume': editPod(({ volumes }) => ({
    volumes: added(volumes, 'name', { name: 'certs' }),
  })),
  'adds a toleration': editPod(({ tolerations }) => ({
    tolerations: added(tolerations, 'key', GPU),
  })),
  'adds a toleration first': editPod(({ tolerations = [] }) => ({
    tolerations: [GPU, ...tolerations.filter(({ key }) => key !== GPU.key)],
  })),
  'tolerates a lost node itself': editPod(({ tolerations }) => ({
    tolerations: added(tolerations, 'key', NOT_READY),
  })),
  'spreads the pods': editPod(({ affinity }) => ({
    affinity: { ...affinity, podAntiAffinity: {} },
  })),
  'annotates the template': (set) => {
    const { template } = set.spec;
    const annotated = { ...template, metadata: { annotations: { 'mesh.example/on': 'true' } } };
    return { ...set, spec: { ...set.spec, template: annotated } };
  },
  'annotates the set': (set) => {
    const annotations = { ...set.metadata.annotations, 'policy.example/seen': 'yes' };
    return { ...set, metadata: { ...set.metadata, annotations } };
  },
};

/** One or several of these edits in a row. */
export const edits: fc.Arbitrary<readonly string[]> = fc.subarray(Object.keys(EDITS), {
  minLength: 1,
  maxLength: 3,
});

export function edited(set: StatefulSet, names: readonly string[]): StatefulSet {
  return names.reduce((done, name) => EDITS[name]?.(done) ?? done, set);
}

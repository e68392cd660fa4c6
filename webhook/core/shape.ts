import { type Fields, isFields } from './fields.ts';
import { type Problem, problem } from './problems.ts';
import type { StatefulSet } from './statefulset.ts';

export type Shape =
  | { readonly statefulSet: StatefulSet; readonly problems?: undefined }
  | { readonly problems: readonly Problem[] };

/** A value of the wrong type; the path grows on the way out, so that a sound object costs no strings. */
interface Fault {
  readonly path: string;
  readonly value: unknown;
  readonly expected: string;
}

/** A part that is the counterpart itself, which has been found sound, is passed over. */
type Check = (value: unknown, sound?: unknown) => readonly Fault[];

const NONE: readonly Fault[] = [];
const NOTHING: Fields = {};

/** So many faults tell that something else was sent than a StatefulSet; a long list of them would take long to make. */
const ENOUGH = 20;

/**
 * Whether a value has the shape of a StatefulSet as far as the core looks into it. The API server has made sure of that;
 * a file, or somebody who calls the webhook instead of the API server, has not. `null` stands for an absent field, as in
 * YAML. Only the types of fields are judged, never their values. `root` is the path of the object itself; what the object
 * shares with one that has been found sound is not looked at again.
 */
export function checkShape(value: unknown, root = '', sound?: StatefulSet): Shape {
  const faults = checkStatefulSet(value, sound);
  // Every field that the core reads has been looked at.
  if (faults.length === 0) return { statefulSet: value as StatefulSet };
  return { problems: faults.map((fault) => wrong(root, fault)) };
}

const text = scalar('string', 'a string');
const number = scalar('number', 'a number');
const flag = scalar('boolean', 'true or false');
const anything: Check = () => NONE;
const texts = listOf(text);
const textMap = mapOf(text);
const quantity: Check = (value) => (typeof value === 'number' ? NONE : text(value));

const requirement = fields({ key: text, operator: text, values: texts });
const term = fields({ matchExpressions: listOf(requirement), matchFields: listOf(requirement) });
const nodeAffinity = fields({
  requiredDuringSchedulingIgnoredDuringExecution: fields({ nodeSelectorTerms: listOf(term) }),
});
const mount = fields(
  { readOnly: flag, subPath: text, subPathExpr: text },
  { name: text, mountPath: text },
);
const port = fields({ name: text, containerPort: number, protocol: text });
const fileKey = fields({ volumeName: text, path: text, key: text, optional: flag });
const variableOfAnyKind = fields(
  { value: text, valueFrom: fields({ fileKeyRef: fileKey }) },
  { name: text },
);
/** Most variables are a name and a text, and there are many of them. */
const variable: Check = (value, sound) => {
  const { name, value: content, valueFrom } = (value ?? NOTHING) as Fields;
  const isPlain = typeof name === 'string' && typeof content === 'string' && valueFrom == null;
  return isPlain ? NONE : variableOfAnyKind(value, sound);
};
const securityContext = fields({ runAsUser: number, runAsGroup: number, runAsNonRoot: flag });
const container = fields(
  {
    restartPolicy: text,
    ports: listOf(port),
    env: listOf(variable),
    volumeMounts: listOf(mount),
    securityContext,
  },
  { name: text },
);
const csi = fields({ driver: text, readOnly: flag, volumeAttributes: textMap });
const emptyDir = fields({ medium: text });
const secretRef = fields({ name: text });
const flexVolume = fields(
  { fsType: text, readOnly: flag, secretRef, options: textMap },
  { driver: text },
);
const volume = fields({ csi, flexVolume, emptyDir, projected: fields({}) }, { name: text });
const toleration = fields({ key: text, operator: text, effect: text, tolerationSeconds: number });
const podSpec = fields({
  schedulerName: text,
  serviceAccountName: text,
  securityContext,
  os: fields({ name: text }),
  nodeSelector: textMap,
  affinity: fields({ nodeAffinity }),
  tolerations: listOf(toleration),
  volumes: listOf(volume),
  initContainers: listOf(container),
  containers: listOf(container),
});
const owner = fields({ kind: text, name: text, controller: flag });
const metadata = fields({
  name: text,
  namespace: text,
  annotations: textMap,
  ownerReferences: listOf(owner),
});
const claimSpec = fields({
  storageClassName: text,
  volumeName: text,
  selector: anything,
  volumeMode: text,
  accessModes: texts,
  resources: fields({ requests: mapOf(quantity) }),
});
const claim = fields(
  {},
  { metadata: fields({ annotations: textMap }, { name: text }), spec: claimSpec },
);
const spec = fields(
  { replicas: number, ordinals: fields({ start: number }), volumeClaimTemplates: listOf(claim) },
  { template: fields({ metadata: fields({ labels: textMap }) }, { spec: podSpec }) },
);
const checkStatefulSet = fields({}, { metadata, spec });

function scalar(type: 'string' | 'number' | 'boolean', expected: string): Check {
  return (value) => (typeof value === type ? NONE : [{ path: '', value, expected }]);
}

/** Fields that may be absent or `null`, and fields that must be there. */
function fields(optional: Record<string, Check>, required: Record<string, Check> = {}): Check {
  const all = [optional, required].flatMap((some) =>
    Object.entries(some).map(([key, check]) => ({ key, check, needed: some === required })),
  );
  return (value, sound) => {
    if (!isFields(value)) return [{ path: '', value, expected: 'an object' }];
    if (value === sound) return NONE;
    const known = isFields(sound) ? sound : NOTHING;
    let faults = NONE;
    for (const { key, check, needed } of all) {
      const field = value[key];
      if (needed || field != null) faults = add(faults, check(field, known[key]), '.', key);
    }
    return faults;
  };
}

function listOf(check: Check): Check {
  return (value, sound) => {
    if (!Array.isArray(value)) return [{ path: '', value, expected: 'a list' }];
    if (value === sound) return NONE;
    const known: readonly unknown[] = Array.isArray(sound) ? sound : NONE;
    let faults = NONE;
    for (let index = 0; index < value.length; index += 1) {
      faults = add(faults, check(value[index], known[index]), '#', index);
    }
    return faults;
  };
}

function mapOf(check: Check): Check {
  return (value) => {
    if (!isFields(value)) return [{ path: '', value, expected: 'an object' }];
    let faults = NONE;
    for (const key of Object.keys(value)) faults = add(faults, check(value[key]), '[]', key);
    return faults;
  };
}

function add(
  all: readonly Fault[],
  found: readonly Fault[],
  kind: '.' | '#' | '[]',
  key: string | number,
): readonly Fault[] {
  if (found.length === 0 || all.length >= ENOUGH) return all;
  const step = kind === '.' ? `.${key}` : kind === '#' ? `[${key}]` : `["${key}"]`;
  return [...all, ...found.map((fault) => ({ ...fault, path: step + fault.path }))];
}

function wrong(root: string, { path, value, expected }: Fault): Problem {
  const full = (root + path).replace(/^\./, '');
  return problem('ZK110', {
    path: full === '' ? 'the object' : full,
    found: typeName(value),
    expected,
  });
}

/** The type only: a value of an arbitrary field may be anybody's secret. */
function typeName(value: unknown): string {
  if (value === undefined) return 'absent';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}

import { type Problem, problem } from './problems.ts';
import type { StatefulSet } from './statefulset.ts';

export type Shape =
  | { readonly statefulSet: StatefulSet; readonly problems?: undefined }
  | { readonly problems: readonly Problem[] };

type Check = (value: unknown, path: string, report: (problem: Problem) => void) => void;

/**
 * Whether a value has the shape of a StatefulSet as far as the core looks into it. The API server has made sure of that;
 * a file, or somebody who calls the webhook instead of the API server, has not. `null` stands for an absent field, as in
 * YAML. Only the types of fields are judged, never their values.
 */
export function checkShape(value: unknown, path = ''): Shape {
  const problems: Problem[] = [];
  checkStatefulSet(value, path, (problem) => problems.push(problem));
  // Every field that the core reads has been looked at.
  return problems.length > 0 ? { problems } : { statefulSet: value as StatefulSet };
}

const text: Check = scalar('string', 'a string');
const number: Check = scalar('number', 'a number');
const flag: Check = scalar('boolean', 'true or false');
const anything: Check = () => {};
const texts = listOf(text);
const textMap = mapOf(text);

const requirement = fields({ key: text, operator: text, values: texts });
const term = fields({ matchExpressions: listOf(requirement), matchFields: listOf(requirement) });
const nodeAffinity = fields({
  requiredDuringSchedulingIgnoredDuringExecution: fields({ nodeSelectorTerms: listOf(term) }),
});
const mount = fields({ readOnly: flag }, { name: text, mountPath: text });
const container = fields({ volumeMounts: listOf(mount) }, { name: text });
const csi = fields({ driver: text, readOnly: flag, volumeAttributes: textMap });
const volume = fields({ csi }, { name: text });
const toleration = fields({ key: text, operator: text, effect: text, tolerationSeconds: number });
const podSpec = fields({
  schedulerName: text,
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
const claim = fields(
  {},
  {
    metadata: fields({ annotations: textMap }, { name: text }),
    spec: fields({
      storageClassName: text,
      volumeName: text,
      selector: anything,
      volumeMode: text,
      accessModes: texts,
      resources: fields({ requests: mapOf(quantity) }),
    }),
  },
);
const checkStatefulSet = fields(
  {},
  {
    metadata,
    spec: fields(
      {
        replicas: number,
        ordinals: fields({ start: number }),
        volumeClaimTemplates: listOf(claim),
      },
      { template: fields({}, { spec: podSpec }) },
    ),
  },
);

function scalar(type: 'string' | 'number' | 'boolean', expected: string): Check {
  return (value, path, report) => {
    if (typeof value !== type) report(wrong(path, value, expected));
  };
}

function quantity(value: unknown, path: string, report: (problem: Problem) => void): void {
  if (typeof value !== 'number') text(value, path, report);
}

/** Fields that may be absent or `null`, and fields that must be there. */
function fields(optional: Record<string, Check>, required: Record<string, Check> = {}): Check {
  const mayBe = Object.entries(optional);
  const mustBe = Object.entries(required);
  return (value, path, report) => {
    if (!isObject(value)) return report(wrong(path, value, 'an object'));
    for (const [key, check] of mayBe) {
      if (value[key] != null) check(value[key], `${path}.${key}`, report);
    }
    for (const [key, check] of mustBe) check(value[key], `${path}.${key}`, report);
  };
}

function listOf(check: Check): Check {
  return (value, path, report) => {
    if (!Array.isArray(value)) return report(wrong(path, value, 'a list'));
    for (const [index, entry] of value.entries()) check(entry, `${path}[${index}]`, report);
  };
}

function mapOf(check: Check): Check {
  return (value, path, report) => {
    if (!isObject(value)) return report(wrong(path, value, 'an object'));
    for (const key of Object.keys(value)) check(value[key], `${path}["${key}"]`, report);
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(path: string, value: unknown, expected: string): Problem {
  return problem('ZK110', {
    path: path === '' ? 'the object' : path,
    found: typeName(value),
    expected,
  });
}

/** The type only: a value of an arbitrary field may be anybody's. */
function typeName(value: unknown): string {
  if (value === undefined) return 'absent';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}

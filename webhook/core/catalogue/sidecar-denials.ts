import type { Message } from './message.ts';

/** Messages that refuse a request because of what it asks of the sidecar. */
export const SIDECAR_DENIALS = {
  ZK130: {
    why: 'Whoever asks for variables relies on them; without secrets and a sidecar there are none.',
    found: 'annotation zonekeeper.io/{key} has no effect: {why}',
    expected: 'mounted secrets and a sidecar',
    mend: 'name the secrets (zonekeeper.io/secret-provider-class), or remove the annotation',
  },
  ZK131: {
    why: 'A variable holds one value, and which of the two it is to be cannot be guessed.',
    found: 'variable {name} would be made of {files}',
    expected: 'one file for each variable',
    mend: 'give one of them another name in zonekeeper.io/env, as in "auto, OTHER_NAME=FILE"',
  },
  ZK132: {
    why: 'A variable of a file that is not there would keep the pods waiting for it.',
    found: 'annotation zonekeeper.io/env names file "{file}"',
    expected: '{expected}',
    mend: 'correct the name',
  },
  ZK133: {
    why: 'The API server drops fields that it does not know, and the application would start without its variables.',
    found: 'zonekeeper.io/{key} is "{value}" and the version of Kubernetes {found}',
    expected: '{least} or later',
    mend: 'upgrade the cluster, or choose another value; name the version by --cluster-version on the command line',
  },
  ZK134: {
    why: 'The kubelet sets variables one by one, so their names must be known when the pods are made.',
    found:
      'the files of SecretProviderClass "{class}" are not known, and zonekeeper.io/env-delivery is "kubernetes"',
    expected: 'each variable by name',
    mend: 'list them in zonekeeper.io/env as NAME=FILE, without auto',
  },
  ZK135: {
    why: 'The sidecar has a fixed name, and a container of the user is never replaced.',
    found: 'the template has a container "zonekeeper-sidecar" of its own',
    expected: 'that name to be free',
    mend: 'rename your container, or set zonekeeper.io/sidecar to "false"',
  },
  ZK136: {
    why: 'A variable of the user is never replaced, and a container cannot have two of one name.',
    found: 'container "{container}" sets variable {name} itself',
    expected: 'that name to be free for zonekeeper',
    mend: 'remove it there, give the secret another name in zonekeeper.io/env, or leave the container out by zonekeeper.io/containers',
  },
  ZK137: {
    why: 'Two volumes cannot be mounted at one path, and nothing can be mounted below a read-only one.',
    found: 'container "{container}" mounts "{volume}" at {path}',
    expected: '/run/zonekeeper to be free for the environment file',
    mend: 'mount it elsewhere, leave the container out by zonekeeper.io/containers, or set zonekeeper.io/env-delivery to "none"',
  },
  ZK138: {
    why: 'All containers of a pod share its ports, so the sidecar could not start beside one that has its port.',
    found: 'container "{container}" has port {port}/TCP or one named "{portName}"',
    expected: 'both to be free for the sidecar',
    mend: 'choose another port or name, or set zonekeeper.io/sidecar to "false"',
  },
  ZK139: {
    why: 'The image of the sidecar is for Linux, and what makes it safe there the API server refuses for Windows.',
    found: 'the template is for Windows',
    expected: 'Linux, for the sidecar',
    mend: 'set zonekeeper.io/sidecar to "false": the secrets are mounted all the same',
  },
  ZK140: {
    why: 'The kubelet reads one grammar only, so another one would be ignored.',
    found:
      'annotation zonekeeper.io/env-format is "{format}" and zonekeeper.io/env-delivery is "kubernetes"',
    expected: 'no format',
    mend: 'remove zonekeeper.io/env-format, or set zonekeeper.io/env-delivery to "file"',
  },
} as const satisfies Record<string, Message>;

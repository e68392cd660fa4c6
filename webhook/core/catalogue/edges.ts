import type { Message } from './message.ts';

/** Messages about what comes in from outside: the configuration file and the review itself. */
export const EDGES = {
  ZK301: {
    why: 'A configuration that is not understood whole is refused whole.',
    found: 'configuration value {path}: {detail}',
    expected: 'the documented shape',
    mend: 'correct it; until then the last good configuration stays in force',
  },
  ZK302: {
    why: 'Sets that name no profile use the profile `default`.',
    found: 'the configuration has no profile "default"',
    expected: 'one',
    mend: 'add it; until then the last good configuration stays in force',
  },
  ZK303: {
    why: 'A profile whose own default lies outside its bounds contradicts itself.',
    found: 'profile "{profile}" has {field} "{value}", which its own allow-list leaves out',
    expected: 'the default to be allowed',
    mend: 'add it to the list or choose another default',
  },
  ZK304: {
    why: 'A file that cannot be read as YAML tells nothing.',
    found: 'configuration file {file}: {detail}',
    expected: 'a readable YAML file',
    mend: 'correct it; until then the last good configuration stays in force',
  },
  ZK401: {
    why: 'Only the API server calls the webhook, with an AdmissionReview of admission.k8s.io/v1.',
    found: 'the request body has {found} at {path}',
    expected: '{expected}',
    mend: 'send an AdmissionReview of admission.k8s.io/v1',
  },
} as const satisfies Record<string, Message>;

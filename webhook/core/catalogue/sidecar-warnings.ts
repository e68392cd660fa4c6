import type { Message } from './message.ts';

/** Messages that warn of the sidecar. */
export const SIDECAR_WARNINGS = {
  ZK240: {
    why: 'The sidecar is made by zonekeeper from the profile; it changes with the next change of the template or the annotations.',
    found: 'container "zonekeeper-sidecar" is not as it was injected',
    expected: 'it to be left alone',
    mend: 'nothing to do: it was put back; image and resources are set in the profile',
  },
  ZK241: {
    why: 'Undoing a rollout brings back what was injected for the annotations of that time; those of today decide.',
    found: 'the template has {what} of an earlier injection',
    expected: 'what the annotations ask for today',
    mend: 'nothing to do: it was taken out; rename it if it is your own',
  },
  ZK242: {
    why: 'Without an identity and a list of objects there is nothing to compare with Key Vault; what is mounted is used as it is.',
    found: 'verify is on and {why}',
    expected:
      'classes that are there, and a clientID in them or label azure.workload.identity/use: "true"',
    mend: 'add what is missing, or set zonekeeper.io/verify to "false"',
  },
} as const satisfies Record<string, Message>;

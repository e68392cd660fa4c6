import type { Message } from './message.ts';

/** Warnings about FlexVolumes that were made CSI volumes. */
export const FLEXVOLUME_WARNINGS = {
  ZK250: {
    why: 'The FlexVolume driver ignored such a list in silence; the files stay called as they were.',
    found: 'FlexVolume "{volume}" has not one entry in {option} for each name, so it is ignored',
    expected: 'as many entries as in keyvaultobjectnames',
    mend: 'remove the option, or complete it',
  },
} as const satisfies Record<string, Message>;

import { CHECK } from './catalogue/check.ts';
import { CHECK_SETS } from './catalogue/check-sets.ts';
import { COMMAND_LINE } from './catalogue/command-line.ts';
import { DENIALS } from './catalogue/denials.ts';
import { EDGES } from './catalogue/edges.ts';
import { WARNINGS } from './catalogue/warnings.ts';

/**
 * Every message that a user can meet, by its code. Codes are stable: one that was released never changes its meaning.
 * ZK1xx deny a request, ZK2xx warn, ZK3xx concern the configuration file, ZK4xx a malformed review, ZK5xx the command
 * line, ZK7xx what `zonekeeper check` finds. The page docs/messages.md is made from this table.
 */
export const CATALOGUE = {
  ...DENIALS,
  ...WARNINGS,
  ...EDGES,
  ...COMMAND_LINE,
  ...CHECK,
  ...CHECK_SETS,
} as const;

export type Code = keyof typeof CATALOGUE;

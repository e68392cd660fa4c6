/**
 * `npm run bench`: the bundled webhook beside its floor, and with `-- --sidecar` the bundled sidecar beside its own, as Markdown
 * on standard output. Linux only: it reads CPU time and memory from /proc. `--turns N` changes how often they take turns, and of the
 * webhook `--processes N` how many pairs do and `--connections N` over how many connections reviews come.
 */
import { parseArgs } from 'node:util';
import { benchSidecar } from './sidecar/bench.ts';
import { benchWebhook } from './webhook.ts';

const options = {
  turns: { type: 'string' },
  processes: { type: 'string' },
  connections: { type: 'string' },
  sidecar: { type: 'boolean' },
} as const;
const { values } = parseArgs({ options });
if (values.sidecar) await benchSidecar(Number(values.turns ?? 21));
else {
  const { processes = 5, turns = 9, connections = 8 } = values;
  await benchWebhook(Number(processes), Number(turns), Number(connections));
}

/**
 * `npm run bench`: the bundled webhook beside its floor, and with `-- --sidecar` the bundled sidecar beside its own, as Markdown
 * on standard output. Linux only: it reads CPU time and memory from /proc. `--turns N` changes how often they take turns, `--processes N`
 * how many pairs of webhook and floor do.
 */
import { parseArgs } from 'node:util';
import { benchSidecar } from './sidecar/bench.ts';
import { benchWebhook } from './webhook.ts';

const options = {
  turns: { type: 'string' },
  processes: { type: 'string' },
  sidecar: { type: 'boolean' },
} as const;
const { values } = parseArgs({ options });
if (values.sidecar) await benchSidecar(Number(values.turns ?? 21));
else await benchWebhook(Number(values.processes ?? 5), Number(values.turns ?? 9));

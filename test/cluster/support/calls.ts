import { setTimeout } from 'node:timers/promises';
import type { ControlPlane } from '../control-plane.ts';
import { smallSet } from './manifests.ts';

const PAUSE = 50;
const PATH = '/apis/apps/v1/namespaces/default/statefulsets?dryRun=All';

/** What became of calls that went on while something happened. */
export interface Calls {
  readonly answered: number;
  /** What the API server said of each that failed. */
  readonly failures: readonly string[];
}

/** Creates annotated sets by dry run, twenty a second, for as long as something takes. */
export async function callMeanwhile(
  cluster: ControlPlane,
  happen: () => Promise<void>,
): Promise<Calls> {
  const calls = { answered: 0, failures: [] as string[] };
  const state = { isOver: false };
  const calling = (async () => {
    while (!state.isOver) {
      const { status, body } = await cluster.api.request('POST', PATH, {
        body: smallSet('called'),
      });
      if (status === 201) calls.answered += 1;
      else calls.failures.push(JSON.stringify(body));
      await setTimeout(PAUSE);
    }
  })();
  await happen().finally(() => {
    state.isOver = true;
  });
  await calling;
  return calls;
}

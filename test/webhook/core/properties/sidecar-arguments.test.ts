import assert from 'node:assert/strict';
import t from 'tap';
import { parseArguments } from '../../../../sidecar/arguments.ts';
import { SIDECAR_NAME } from '../../../../sidecar/contract.ts';
import type { StatefulSet } from '../../../../webhook/core/statefulset.ts';
import { create } from '../../../support/admission.ts';
import { contexts } from '../../../support/arbitraries/configuration.ts';
import { bareSets } from '../../../support/arbitraries/statefulset.ts';
import { holds } from '../../../support/property.ts';

t.setTimeout(300_000);

function sidecarOf({ spec }: StatefulSet) {
  const containers = (spec.template.spec.initContainers ?? []) as readonly {
    readonly name: string;
    readonly args?: readonly string[];
    readonly volumeMounts?: readonly { readonly mountPath: string }[];
  }[];
  return containers.find(({ name }) => name === SIDECAR_NAME);
}

t.test('the sidecar takes every command line that is injected, and finds its mounts', async (t) => {
  let seen = 0;
  holds(t, bareSets, contexts(), (set, context) => {
    const { stored, mutation } = create(set, context);
    const sidecar = sidecarOf(stored);
    if (mutation.outcome === 'denied' || !mutation.injections.includes('sidecar')) return;
    seen += 1;
    const parsed = parseArguments(sidecar?.args ?? []);
    assert.ok(parsed.kind === 'settings', JSON.stringify(parsed));
    const mounted = (sidecar?.volumeMounts ?? []).map(({ mountPath }) => mountPath);
    for (const path of parsed.settings.mounts) assert.ok(mounted.includes(path), path);
  });
  t.ok(seen > 0, 'some of the sets have a sidecar');
});

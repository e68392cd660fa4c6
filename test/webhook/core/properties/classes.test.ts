import assert from 'node:assert/strict';
import t from 'tap';
import { classesOf as allClassesOf } from '../../../../webhook/core/secrets/classes-of.ts';
import type { SecretProviderClass } from '../../../../webhook/core/secrets/provider-class.ts';
import { providerFacts } from '../../../../webhook/core/secrets/provider-facts.ts';
import type { StatefulSet } from '../../../../webhook/core/statefulset.ts';
import { create, update } from '../../../support/admission.ts';
import { changed, changes } from '../../../support/arbitraries/change.ts';
import { contexts, strictConfiguration } from '../../../support/arbitraries/configuration.ts';
import { bareSets } from '../../../support/arbitraries/statefulset.ts';
import { holds } from '../../../support/property.ts';
import { annotated, MARKER, PREFIX } from '../../../support/statefulset.ts';

t.setTimeout(300_000);

/** Names of the classes that the volumes of a set mount. */
function mounted({ spec }: StatefulSet): (string | undefined)[] {
  return (spec.template.spec.volumes ?? []).map(
    ({ csi }) => csi?.volumeAttributes?.secretProviderClass,
  );
}

/** The class of the annotation `secrets`; those of FlexVolumes stand beside it. */
function classesOf(set: StatefulSet): SecretProviderClass[] {
  const { vault } = JSON.parse(set.metadata.annotations?.[MARKER] ?? '{}');
  return allClassesOf(set).filter(({ metadata }) => metadata.name === vault?.class);
}

function isAsked({ metadata }: StatefulSet): boolean {
  return metadata.annotations?.[`${PREFIX}secrets`] !== undefined;
}

t.test(
  'a set that asks for secrets has one class, which it mounts and the provider takes',
  async (t) => {
    holds(t, bareSets, contexts(), (set, context) => {
      const { stored, mutation } = create(set, context);
      if (mutation.outcome === 'denied') return;
      const classes = classesOf(stored);
      assert.equal(classes.length, isAsked(set) ? 1 : 0);
      for (const { metadata, spec } of classes) {
        assert.ok(mounted(stored).includes(metadata.name));
        assert.equal(metadata.namespace, 'shop');
        assert.equal(providerFacts(spec.provider, spec.parameters).refused, undefined);
      }
    });
  },
);

t.test('whatever is configured later, the class stays for as long as its volume', async (t) => {
  holds(
    t,
    bareSets,
    changes,
    contexts(),
    contexts(strictConfiguration),
    (set, change, context, later) => {
      const { stored: live, mutation } = create(set, context);
      if (mutation.outcome === 'denied') return;
      const next = update(changed(live, change), live, later);
      if (next.mutation.outcome === 'denied') return;
      const classes = classesOf(next.stored);
      const names = classes.map(({ metadata }) => metadata.name);
      for (const name of names) assert.ok(mounted(next.stored).includes(name));
      const kept = classesOf(live).filter(({ metadata }) => names.includes(metadata.name));
      assert.deepEqual(
        kept,
        classes.filter((one) => kept.some(({ metadata }) => metadata.name === one.metadata.name)),
      );
      if (
        change.asks === undefined &&
        change.image === undefined &&
        change.scheduler === undefined
      ) {
        assert.deepEqual(classes, classesOf(live));
      }
    },
  );
});

t.test('a marker from elsewhere never leads past the bounds', async (t) => {
  const strict = contexts(strictConfiguration);
  holds(t, bareSets, contexts(), strict, (set, context, later) => {
    const { stored: foreign, mutation } = create(set, context);
    if (mutation.outcome === 'denied') return;
    const marker = foreign.metadata.annotations?.[MARKER];
    const { stored, mutation: next } = create(annotated(foreign, { [MARKER]: marker }), later);
    if (next.outcome === 'denied') return;
    const name = JSON.parse(stored.metadata.annotations?.[MARKER] ?? '{}').profile ?? 'default';
    const { keyVault, allowed } = later.configuration.profiles[name] ?? {};
    for (const { spec } of classesOf(stored)) {
      const { keyvaultName, tenantID, useVMManagedIdentity } = spec.parameters;
      const vaults = [keyVault?.name, ...(allowed?.keyVaults ?? [keyvaultName])];
      const tenants = [keyVault?.tenantId, ...(allowed?.tenantIds ?? [tenantID])];
      assert.ok(vaults.includes(keyvaultName));
      assert.ok(tenants.includes(tenantID));
      assert.equal(useVMManagedIdentity === 'true', keyVault?.identity === 'vm-managed-identity');
    }
  });
});

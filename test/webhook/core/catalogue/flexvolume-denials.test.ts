import t from 'tap';
import { FLEXVOLUME_DENIALS } from '../../../../webhook/core/catalogue/flexvolume-denials.ts';
import { mutateCreate } from '../../../../webhook/core/mutate.ts';
import type { Problem } from '../../../../webhook/core/problems.ts';
import { contextWith, profiles } from '../../../support/context.ts';
import { flexVolume } from '../../../support/flexvolume.ts';
import { assertReadable } from '../../../support/messages.ts';
import { arriving, manifest } from '../../../support/statefulset.ts';

function mounting(volume: object, allowed = {}): readonly Problem[] {
  const pod = { volumes: [{ name: 'creds', flexVolume: volume }] };
  const configuration = profiles({ default: { allowed } });
  return mutateCreate(arriving(manifest({ pod })), 'shop', contextWith({ configuration })).denials;
}

/** Ways to be refused, one for each code. */
const CASES: Readonly<Record<string, () => readonly Problem[]>> = {
  ZK145: () => mounting(flexVolume({ tenantid: 'contoso.onmicrosoft.com' })),
  ZK146: () => mounting(flexVolume({ keyvaultobjecttypes: 'secret;cert' })),
  ZK147: () => mounting(flexVolume({ usepodidentity: 'true' })),
  ZK148: () => mounting(flexVolume({}, { secretRef: {} })),
  ZK149: () => mounting(flexVolume(), { keyVaults: ['contoso-test'] }),
};

t.test('every refusal can come about, and tells what to do in one line', async (t) => {
  t.same(Object.keys(CASES), Object.keys(FLEXVOLUME_DENIALS));
  for (const [code, provoke] of Object.entries(CASES)) {
    const problems = provoke();
    t.same(
      problems.map((found) => found.code),
      [code],
    );
    for (const found of problems) assertReadable(t, found);
  }
});

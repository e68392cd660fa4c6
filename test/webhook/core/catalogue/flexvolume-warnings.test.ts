import t from 'tap';
import { FLEXVOLUME_WARNINGS } from '../../../../webhook/core/catalogue/flexvolume-warnings.ts';
import { mutateCreate } from '../../../../webhook/core/mutate.ts';
import { contextWith } from '../../../support/context.ts';
import { flexVolume } from '../../../support/flexvolume.ts';
import { assertReadable } from '../../../support/messages.ts';
import { arriving, manifest } from '../../../support/statefulset.ts';

t.test(
  'aliases that the driver ignored are warned about, and tell what to do in one line',
  async (t) => {
    const volume = flexVolume({ keyvaultobjectaliases: 'password' });
    const set = arriving(manifest({ pod: { volumes: [{ name: 'creds', flexVolume: volume }] } }));
    const { warnings } = mutateCreate(set, 'shop', contextWith());
    t.same(
      warnings.map(({ code }) => code),
      Object.keys(FLEXVOLUME_WARNINGS),
    );
    for (const found of warnings) assertReadable(t, found);
  },
);

import t from 'tap';
import { flexClassName, flexSpec } from '../../../../webhook/core/flexvolume/converted.ts';
import { flexVolume } from '../../../support/flexvolume.ts';
import { CLIENT, TENANT } from '../../../support/vault.ts';

t.test('secrets are asked for as Key Vault holds them, so that no file changes', async (t) => {
  const options = { keyvaultobjectnames: 'a;b', keyvaultobjecttypes: 'secret;cert' };
  t.same(flexSpec(flexVolume(options), undefined), {
    provider: 'azure',
    parameters: {
      keyvaultName: 'contoso-prod',
      tenantID: TENANT,
      objects: [
        'array:',
        '  - |',
        '    objectName: "a"',
        '    objectType: "secret"',
        '    objectFormat: "pfx"',
        '  - |',
        '    objectName: "b"',
        '    objectType: "cert"',
        '',
      ].join('\n'),
    },
  });
});

t.test('there is no class of options with faults, nor of a pod identity alone', async (t) => {
  t.equal(flexSpec(flexVolume({ keyvaultname: '' }), undefined), undefined);
  t.equal(flexSpec(flexVolume({ keyvaultobjecttypes: 'secret' }), undefined), undefined);
  t.equal(flexSpec(flexVolume({ usepodidentity: 'true' }), undefined), undefined);
  t.match(flexSpec(flexVolume({ usepodidentity: 'true' }), CLIENT)?.parameters, {
    clientID: CLIENT,
  });
});

t.test('two volumes of the same content have classes of their own', async (t) => {
  const spec = flexSpec(flexVolume(), undefined);
  if (spec === undefined) throw new Error('the volume has faults');
  const [one, other] = ['creds', 'more'].map((name) => flexClassName({ name: 'web' }, name, spec));
  t.match(one, /^zonekeeper-web-creds-[0-9a-f]{10}$/);
  t.match(other, /^zonekeeper-web-more-[0-9a-f]{10}$/);
  const long = flexClassName({ name: 'x'.repeat(60) }, 'creds', spec);
  t.match(long, /^zonekeeper-x{30}-creds-[0-9a-f]{10}$/);
  t.match(flexClassName({ generateName: 'web-' }, 'creds', spec), /^zonekeeper-web-creds-/);
});

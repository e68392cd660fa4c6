import t from 'tap';
import { flexSource } from '../../../../webhook/core/flexvolume/source.ts';
import { flexVolume } from '../../../support/flexvolume.ts';
import { CLIENT, TENANT } from '../../../support/vault.ts';

const VAULT = { vault: 'contoso-prod', tenant: TENANT };

t.test('a service principal in a Secret stays who reads the vault', async (t) => {
  t.same(flexSource(flexVolume(), undefined), {
    source: { ...VAULT, identity: 'service-principal' },
  });
});

t.test('so does a managed identity of the node', async (t) => {
  const options = { usevmmanagedidentity: 'true', vmmanagedidentityclientid: CLIENT };
  t.same(flexSource(flexVolume(options), undefined), {
    source: { ...VAULT, identity: 'vm-managed-identity', client: CLIENT },
  });
  const only = flexVolume({ usevmmanagedidentity: 'true' }, { secretRef: {} });
  t.same(flexSource(only, undefined), { source: { ...VAULT, identity: 'vm-managed-identity' } });
});

t.test('a pod identity is refused until a workload identity is named', async (t) => {
  const volume = flexVolume({ usepodidentity: 'true' });
  t.same(flexSource(volume, undefined), { faults: [], refused: 'pod-identity' });
  t.same(flexSource(volume, CLIENT), {
    source: { ...VAULT, identity: 'workload-identity', client: CLIENT },
  });
});

t.test('the cloud goes with it', async (t) => {
  t.same(flexSource(flexVolume({ cloudname: 'AzureUSGovernmentCloud' }), undefined), {
    source: { ...VAULT, identity: 'service-principal', cloud: 'AzureUSGovernmentCloud' },
  });
});

t.test('a volume that names nobody is refused', async (t) => {
  const volume = flexVolume({ usepodidentity: 'false' }, { secretRef: {} });
  t.same(flexSource(volume, CLIENT), { faults: [], refused: 'nobody' });
});

t.test('every wrong value is told of', async (t) => {
  const options = { keyvaultname: 'x', tenantid: 'contoso', cloudname: 'AzureStackCloud' };
  const { faults = [] } = flexSource(flexVolume(options), undefined) as { faults?: object[] };
  t.match(faults, [
    { option: 'keyvaultname', found: 'x' },
    { option: 'tenantid', found: 'contoso' },
    { option: 'cloudname', found: 'AzureStackCloud' },
  ]);
  const client = { usevmmanagedidentity: 'true', vmmanagedidentityclientid: 'me' };
  t.match(flexSource(flexVolume(client), undefined), {
    faults: [{ option: 'vmmanagedidentityclientid', found: 'me' }],
  });
});

t.test('null stands for what is absent, as in YAML', async (t) => {
  const volume = JSON.parse('{"driver":"azure/kv","options":null,"secretRef":null}');
  t.match(flexSource(volume, undefined), { refused: 'nobody', faults: [{}, {}] });
});

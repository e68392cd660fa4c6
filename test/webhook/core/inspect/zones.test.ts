import t from 'tap';
import { inspectZones } from '../../../../webhook/core/inspect/zones.ts';
import { inspected } from '../../../support/inspected.ts';
import { manifest } from '../../../support/statefulset.ts';

const ZONE = 'topology.kubernetes.io/zone';
const PPG = 'kubernetes.azure.com/ppg';

function warnings(pod: object, claims?: []) {
  const set = manifest({ pod: { ...pod }, ...(claims && { claims }) });
  return inspectZones(inspected(set, {})).map(({ code, found }) => `${code} ${found}`);
}

function requiring(...terms: object[]): object {
  const required = { nodeSelectorTerms: terms };
  return {
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } },
  };
}

function inZones(key: string, ...values: string[]): object {
  return {
    matchExpressions: [
      { key: 'kubernetes.io/arch', operator: 'Exists' },
      { key, operator: 'In', values },
    ],
  };
}

t.test('a node selector of a zone binds the pods to it', async (t) => {
  for (const key of [
    ZONE,
    'topology.disk.csi.azure.com/zone',
    'topology.disk2.csi.azure.com/zone',
    'failure-domain.beta.kubernetes.io/zone',
  ]) {
    t.same(warnings({ nodeSelector: { [key]: 'westeurope-1' } }), [
      `ZK210 the template requires node label ${key}=westeurope-1`,
    ]);
  }
  t.same(warnings({ nodeSelector: { 'kubernetes.io/arch': 'arm64' } }), []);
});

t.test('alternatives that all name the same one zone bind the pods to it', async (t) => {
  const one = inZones(ZONE, 'westeurope-1');
  const expected = [`ZK210 the template requires node label ${ZONE}=westeurope-1`];
  t.same(warnings(requiring(one)), expected);
  t.same(warnings(requiring(one, one)), expected);
});

t.test('pods that may run in another zone are not bound', async (t) => {
  const one = inZones(ZONE, 'westeurope-1');
  t.same(warnings(requiring(one, inZones(ZONE, 'westeurope-2'))), []);
  t.same(warnings(requiring(inZones(ZONE, 'westeurope-1', 'westeurope-2'))), []);
  t.same(warnings(requiring(one, { matchFields: [{ key: 'metadata.name' }] })), []);
  t.same(
    warnings(requiring({ matchExpressions: [{ key: ZONE, operator: 'NotIn', values: ['x'] }] })),
    [],
  );
  t.same(
    warnings(requiring({ matchExpressions: [{ key: ZONE, operator: 'In', values: null }] })),
    [],
  );
  t.same(warnings(requiring()), []);
  t.same(warnings({ affinity: null, nodeSelector: null }), []);
});

t.test('a proximity placement group lies in one zone', async (t) => {
  const expected = ['ZK211 proximity placement group "ppg-1" binds the pods to one zone'];
  t.same(warnings({ nodeSelector: { [PPG]: 'ppg-1' } }), expected);
  t.same(warnings(requiring(inZones(PPG, 'ppg-1'), {})), expected);
  t.same(warnings(requiring(inZones(PPG, 'ppg-1'), inZones(PPG, 'ppg-2'))), []);
  const both = { ...requiring(inZones(PPG, 'ppg-1')), nodeSelector: { [ZONE]: 'a' } };
  t.match(warnings(both), [/^ZK210/, /^ZK211/]);
});

t.test('a set without claims may run where it likes', async (t) => {
  t.same(warnings({ nodeSelector: { [ZONE]: 'westeurope-1' } }, []), []);
});

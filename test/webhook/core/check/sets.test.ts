import t from 'tap';
import type { ClusterFacts } from '../../../../webhook/core/check/facts.ts';
import type { StatefulSet } from '../../../../webhook/core/statefulset.ts';
import { update } from '../../../support/admission.ts';
import {
  appliedBy,
  briefly,
  checked,
  SOUND_FACTS,
  SOUND_WEBHOOK,
  stored,
} from '../../../support/cluster-facts.ts';
import { contextWith, NOW, profiles } from '../../../support/context.ts';
import {
  annotated,
  arriving,
  claim,
  MARKER,
  manifest,
  withPod,
} from '../../../support/statefulset.ts';

const found = (set: StatefulSet, changes: Partial<ClusterFacts> = {}) =>
  checked({ ...changes, statefulSets: [set] }).findings;

t.test(
  'sets without any annotation of zonekeeper, and what is no set, are passed over',
  async (t) => {
    const plain = arriving(
      manifest({ asks: {}, claims: [claim('data', { storageClassName: 'x' })] }),
    );
    t.match(checked({ statefulSets: [plain, { spec: 1 }] }), { sets: [], findings: [] });
  },
);

t.test('a set that was never injected is an error, with what can no longer be had', async (t) => {
  const set = arriving(manifest());
  t.strictSame(briefly(found(set)), ['error ZK217 mysql', 'warning ZK216 mysql']);
});

t.test('in a namespace that the webhook spares, that is why', async (t) => {
  const spared = { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['shop'] };
  const namespaceSelector = { matchExpressions: [spared] };
  const webhooks = [{ ...SOUND_WEBHOOK, namespaceSelector }];
  t.strictSame(briefly(found(arriving(manifest()), { webhooks })), [
    'error ZK735 mysql',
    'warning ZK216 mysql',
  ]);
  t.strictSame(
    briefly(found(stored(), { webhooks })),
    [],
    'one that was injected keeps what it has',
  );
  const { namespaces: _, ...rest } = SOUND_FACTS;
  t.match(briefly(checked({ ...rest, webhooks }).findings), [], 'labels that are not known');
});

t.test('annotations that would be refused are an error where nothing was injected', async (t) => {
  const asks = { inject: 'true', 'fast-failover': '1h' };
  t.strictSame(briefly(found(arriving(manifest({ asks })))), ['error ZK219 mysql']);
  const configuration = profiles({ default: { storageClassName: 'zonekeeper-zrs' } });
  const gone = stored({ asks: { inject: 'true', profile: 'azuredisk-v2' } });
  t.strictSame(briefly(found(gone, { configuration })), ['warning ZK219 mysql']);
});

t.test('a damaged marker and a missing switch are warnings', async (t) => {
  t.strictSame(briefly(found(annotated(stored(), { [MARKER]: '{}' }))), ['warning ZK218 mysql']);
  const idle = arriving(manifest({ asks: { profile: 'default' } }));
  t.strictSame(briefly(found(idle)), ['warning ZK221 mysql']);
});

t.test('what stops a stored set is an error, what weakens it is a warning', async (t) => {
  const { view } = SOUND_FACTS;
  const none = { ...view, storageClasses: new Map() };
  const codes = (changes: Partial<ClusterFacts>, set = stored()) =>
    briefly(found(set, changes)).filter((line) => line.endsWith('mysql'));
  t.strictSame(codes({ view: none }), ['error ZK202 mysql']);
  const own = stored({ claims: [claim('data', { storageClassName: 'lrs' })] });
  const parameters = { skuName: 'Premium_LRS' };
  const lrs = new Map([['lrs', { provisioner: 'disk.csi.azure.com', parameters }]]);
  t.strictSame(codes({ view: { ...view, storageClasses: lrs } }, own), ['warning ZK203 mysql']);
  const v2 = stored({ asks: { inject: 'true', profile: 'azuredisk-v2' } });
  t.strictSame(codes({ view: { ...view, leases: new Map() } }, v2), ['error ZK208 mysql']);
  const old = new Map([['kube-system/csi-azuredisk-scheduler-extender', { renewedAt: NOW - 1e6 }]]);
  t.strictSame(codes({ view: { ...view, leases: old } }, v2), ['error ZK209 mysql']);
});

t.test('a SecretProviderClass that is not there is an error', async (t) => {
  const asks = { inject: 'true', 'secret-provider-class': 'other' };
  t.strictSame(briefly(found(stored({ asks }))), ['error ZK223 mysql']);
});

t.test('the version of the cluster is told once and not for each set', async (t) => {
  const view = { ...SOUND_FACTS.view, version: { major: 1, minor: 29 } };
  t.strictSame(briefly(found(stored(), { view })), ['error ZK222']);
});

t.test('what a re-apply would do is told with its reason', async (t) => {
  const named = manifest({ pod: { priorityClassName: 'high' } });
  const drifted = withPod(appliedBy(stored(), named), { priorityClassName: 'low' });
  const [drift] = found(drifted);
  t.match(drift, { level: 'warning', problem: { code: 'ZK736', found: /was changed since$/ } });
  const asked = manifest({ asks: { inject: 'true', 'fast-failover': '30s' } });
  const [change] = found(appliedBy(stored(), asked));
  t.match(change?.problem.found, 'its annotations ask otherwise ("fast-failover")');
  const wrong = manifest({ asks: { inject: 'true', 'fast-failover': '1h' } });
  t.match(found(appliedBy(stored(), wrong)), [
    { level: 'error', problem: { code: 'ZK737', found: /\(ZK103\)/ } },
  ]);
});

t.test('an opted-out set is not found fault with', async (t) => {
  const off = manifest({ asks: { inject: 'false' } });
  const { stored: set } = update(appliedBy(off, off), stored(), contextWith());
  t.match(checked({ statefulSets: [set] }), { findings: [], sets: [{ state: 'opted-out' }] });
});

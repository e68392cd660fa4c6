import t from 'tap';
import { create, markerOf, update } from '../../../support/admission.ts';
import { contextWith, profiles } from '../../../support/context.ts';
import {
  annotated,
  arriving,
  claim,
  MARKER,
  manifest,
  withPod,
} from '../../../support/statefulset.ts';

const CONTEXT = contextWith();
const V2 = { inject: 'true', profile: 'azuredisk-v2' };
const SECRETS = { inject: 'true', 'secret-provider-class': 'vault' };
const FORGED =
  '{"v":1,"scheduler":{"name":"mine"},"claims":{"data":"zrs"},"secrets":[{"volume":"zonekeeper-secrets","class":"v","path":"/x"}]}';

function codes({ mutation }: ReturnType<typeof update>): string[] {
  return [...mutation.denials, ...mutation.warnings].map(({ code }) => code);
}

t.test('a set that opts in later gets what can still change and is told what cannot', async (t) => {
  const { stored } = create(manifest({ asks: {} }), CONTEXT);
  const next = update(manifest({ asks: V2 }), stored, CONTEXT);
  t.same(codes(next), ['ZK216']);
  t.equal(next.stored.spec.template.spec.schedulerName, 'csi-azuredisk-scheduler-extender');
  t.same(next.stored.spec.volumeClaimTemplates, stored.spec.volumeClaimTemplates);
  t.match(next.mutation.warnings, [{ found: /"data" has no class/, mend: /--cascade=orphan/ }]);
  const again = update(manifest({ asks: V2 }), next.stored, CONTEXT);
  t.same(codes(again), [], 'and is not told again');
});

t.test('a set whose classes are all chosen opts in later without a word', async (t) => {
  const claims = [claim('data', { storageClassName: 'managed-csi' })];
  const { stored } = create(manifest({ asks: {}, claims }), CONTEXT);
  t.same(codes(update(manifest({ claims }), stored, CONTEXT)), []);
});

t.test('a forged marker on a set that never opted in changes nothing and goes', async (t) => {
  const pod = { schedulerName: 'mine' };
  for (const asks of [{}, { inject: 'false' }]) {
    const { stored } = create(manifest({ asks, pod }), CONTEXT);
    const next = update(annotated(stored, { [MARKER]: FORGED }), stored, CONTEXT);
    t.same(codes(next), ['ZK218']);
    t.same(next.stored, stored);
  }
});

t.test('a forged marker on an injected set asks for no more than the annotations', async (t) => {
  const { stored } = create(manifest(), CONTEXT);
  const forged = FORGED.replace('"v":1', '"v":1,"request":{"inject":"true"}');
  const next = update(annotated(stored, { [MARKER]: forged }), stored, CONTEXT).stored;
  t.same(next, stored);
});

t.test('a marker that is removed from a live set comes back', async (t) => {
  const { stored } = create(manifest({ asks: V2 }), CONTEXT);
  const next = update(annotated(stored, { [MARKER]: undefined }), stored, CONTEXT);
  t.same([codes(next), next.stored], [[], stored]);
});

t.test('all annotations removed at once are an opt-out', async (t) => {
  const { stored } = create(manifest({ asks: { ...V2, ...SECRETS } }), CONTEXT);
  const bare = { ...stored, metadata: { ...stored.metadata, annotations: {} } };
  const next = update(bare, stored, CONTEXT);
  t.same(next.stored.spec.template, arriving(manifest()).spec.template);
  t.equal(markerOf(next.stored), '{"v":1,"claims":{"data":"azuredisk-standard-ssd-zrs-replicas"}}');
});

t.test('a switch that alone is removed is an opt-out, and the rest is warned about', async (t) => {
  const { stored } = create(manifest({ asks: V2 }), CONTEXT);
  const next = update(annotated(stored, { 'zonekeeper.io/inject': undefined }), stored, CONTEXT);
  t.same([codes(next), next.mutation.outcome], [['ZK221'], 'stripped']);
});

t.test('what cannot be understood is refused on a live set too', async (t) => {
  const { stored } = create(manifest(), CONTEXT);
  const asksMore = annotated(stored, { 'zonekeeper.io/flexvolume': 'drop' });
  t.same(codes(update(asksMore, stored, CONTEXT)), ['ZK103']);
});

t.test('a profile that the administrator removes leaves its sets as they are', async (t) => {
  const { stored } = create(manifest({ asks: V2 }), CONTEXT);
  const later = contextWith({ configuration: profiles({}) });
  const same = update(manifest({ asks: V2 }), stored, later);
  t.same([codes(same), same.stored], [['ZK219'], stored]);
  t.match(same.mutation.warnings, [{ found: /ZK102\): profile "azuredisk-v2" is not configured/ }]);
  const changed = update(withPod(manifest({ asks: V2 }), { hostname: 'x' }), stored, later);
  t.same(codes(changed), ['ZK219']);
  t.equal(changed.stored.spec.template.spec.schedulerName, 'csi-azuredisk-scheduler-extender');
  const asksMore = annotated(stored, { 'zonekeeper.io/fast-failover': '30s' });
  t.same(codes(update(asksMore, stored, later)), ['ZK102'], 'but no wish is added');
});

t.test('a container that is renamed must be renamed in the annotation too', async (t) => {
  const asks = { ...SECRETS, containers: 'mysql' };
  const { stored } = create(manifest({ asks }), CONTEXT);
  const pod = { containers: [{ name: 'server', image: 'mysql:8' }] };
  t.same(codes(update(manifest({ asks, pod }), stored, CONTEXT)), ['ZK106']);
  const both = manifest({ asks: { ...SECRETS, containers: 'server' }, pod });
  const renamed = update(both, stored, CONTEXT);
  t.same(codes(renamed), []);
  t.match(renamed.stored.spec.template.spec.containers, [
    { name: 'server', volumeMounts: [{ name: 'zonekeeper-secrets' }] },
  ]);
});

t.test('a mount that the user adds at the path of the secrets is refused', async (t) => {
  const { stored } = create(manifest({ asks: SECRETS }), CONTEXT);
  const volumeMounts = [{ name: 'data', mountPath: '/mnt/secrets-store' }];
  const pod = { containers: [{ name: 'mysql', image: 'mysql:5.7', volumeMounts }] };
  t.same(codes(update(manifest({ asks: SECRETS, pod }), stored, CONTEXT)), ['ZK109']);
});

t.test('a mount by hand in a container that was left out stays', async (t) => {
  const asks = { ...SECRETS, containers: 'mysql' };
  const { stored } = create(manifest({ asks }), CONTEXT);
  const byHand = { name: 'zonekeeper-secrets', mountPath: '/mnt/secrets-store', readOnly: true };
  const containers = (stored.spec.template.spec.containers ?? []).map((one) =>
    one.name === 'backup' ? { ...one, volumeMounts: [byHand] } : one,
  );
  const edited = withPod(stored, { containers });
  t.same(update(edited, stored, CONTEXT).stored, edited);
});

t.test('an affinity that the user takes away leaves no term that matches no node', async (t) => {
  const arm = { key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] };
  const required = { nodeSelectorTerms: [{ matchExpressions: [arm] }] };
  const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } };
  const asks = { inject: 'true', 'proximity-placement-group': 'ppg-1' };
  const { stored } = create(manifest({ asks, pod: { affinity } }), CONTEXT);
  const text = JSON.stringify(stored).replace(`${JSON.stringify(arm)},`, '');
  const edited = update(JSON.parse(text), stored, CONTEXT).stored;
  t.match(edited.spec.template.spec.affinity?.nodeAffinity, {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.azure.com/ppg' }] }],
    },
  });
});

import t from 'tap';
import { reapplied } from '../../../../webhook/core/check/reapplied.ts';
import { setStateOf } from '../../../../webhook/core/check/set-state.ts';
import { create } from '../../../support/admission.ts';
import { appliedBy } from '../../../support/cluster-facts.ts';
import { contextWith } from '../../../support/context.ts';
import { arriving, type Given, manifest } from '../../../support/statefulset.ts';

/** The pod spec that an apply of another manifest makes of a stored one. */
function podAfter(live: object, given: object): object {
  const stored = arriving(manifest({ pod: live as Given['pod'] & object }));
  return reapplied(stored, manifest({ pod: given as Given['pod'] & object })).spec.template.spec;
}

t.test('a manifest over the set that it made changes nothing but what was put in', async (t) => {
  const bare = manifest();
  const stored = arriving(bare);
  t.strictSame(reapplied(stored, bare).spec.template, stored.spec.template);
});

t.test('claim templates come as the manifest has them', async (t) => {
  const { stored } = create(manifest(), contextWith());
  t.equal(stored.spec.volumeClaimTemplates?.[0]?.spec.storageClassName, 'zonekeeper-zrs');
  const { volumeClaimTemplates } = reapplied(stored, manifest()).spec;
  t.strictSame(volumeClaimTemplates, manifest().spec.volumeClaimTemplates);
});

t.test('quantities are compared by what they are', async (t) => {
  const resources = (cpu: string, memory: string) => ({
    containers: [{ name: 'mysql', resources: { requests: { cpu, memory } } }],
  });
  t.match(podAfter(resources('500m', '1Gi'), resources('0.5', '1024Mi')), resources('500m', '1Gi'));
  t.match(podAfter(resources('500m', '1Gi'), resources('0.6', '1Gi')), resources('0.6', '1Gi'));
  const volume = (sizeLimit: string) => ({ volumes: [{ name: 'a', emptyDir: { sizeLimit } }] });
  t.match(podAfter(volume('1Gi'), volume('1024Mi')), volume('1Gi'));
  const args = (arg: string) => ({ containers: [{ name: 'mysql', args: [arg] }] });
  t.match(podAfter(args('1Gi'), args('1024Mi')), args('1024Mi'), 'text is no quantity');
});

t.test('what the API server leaves out is no difference', async (t) => {
  const live = { containers: [{ name: 'mysql', image: 'mysql:5.7' }] };
  const given = {
    hostNetwork: false,
    nodeSelector: null,
    imagePullSecrets: [],
    containers: [{ name: 'mysql', image: 'mysql:5.7', args: [], workingDir: '' }],
  };
  t.strictSame(podAfter(live, given), podAfter(live, live));
});

t.test('items of lists are merged by their key, and further ones stay', async (t) => {
  const live = {
    containers: [
      {
        name: 'mysql',
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
    ],
  };
  const given = {
    containers: [{ name: 'mysql', env: [{ name: 'B', value: '3' }, { name: 'C' }] }],
  };
  t.match(podAfter(live, given), {
    containers: [
      {
        env: [{ name: 'A', value: '1' }, { name: 'B', value: '3' }, { name: 'C' }],
      },
    ],
  });
});

t.test('other lists are replaced, with the defaults of their items', async (t) => {
  const sources = (extra: object) => ({
    volumes: [
      { name: 't', projected: { sources: [{ serviceAccountToken: { path: 'a', ...extra } }] } },
    ],
  });
  const completed = sources({ expirationSeconds: 3600 });
  t.match(podAfter(completed, sources({})), completed);
  const tolerations = [{ key: 'a' }, { key: 'b' }];
  t.match(podAfter({ tolerations }, { tolerations: [{ key: 'a' }] }), {
    tolerations: [{ key: 'a' }],
  });
});

t.test(
  'an empty list empties one that is replaced, and nothing of one that is merged',
  async (t) => {
    const tolerations = [{ key: 'a' }];
    t.notOk('tolerations' in podAfter({ tolerations }, { tolerations: [] }));
    const containers = [{ name: 'mysql', env: [{ name: 'A', value: '1' }] }];
    t.match(podAfter({ containers }, { containers: [{ name: 'mysql', env: [] }] }), { containers });
  },
);

t.test('items that share what should tell them apart are not merged', async (t) => {
  const ports = (...protocols: string[]) => ({
    containers: [
      { name: 'mysql', ports: protocols.map((protocol) => ({ containerPort: 53, protocol })) },
    ],
  });
  t.match(podAfter(ports('TCP', 'UDP'), ports('TCP', 'UDP')), ports('TCP', 'UDP'));
  t.match(podAfter(ports('TCP', 'UDP'), ports('UDP')), ports('UDP'));
});

t.test('what was injected is known from what differs', async (t) => {
  const asks = {
    inject: 'true',
    profile: 'azuredisk-v2',
    'fast-failover': '30s',
    'proximity-placement-group': 'group',
    'secret-provider-class': 'mysql-secrets',
  };
  const pod = { tolerations: [{ key: 'a', operator: 'Exists' }] };
  const applied = manifest({ asks, pod });
  const { stored } = create(appliedBy(applied, applied), contextWith());
  const state = setStateOf(stored, contextWith());
  const injected = ['scheduler', 'storage', 'secrets', 'placement', 'failover'] as const;
  for (const name of injected) t.ok(state.injections.includes(name), name);
  t.match(state, { state: 'injected', reapply: 'unchanged', next: [] });
});

import type { V1Deployment } from '@kubernetes/client-node';
import t from 'tap';
import { all, one, refusal, render, type Values } from '../support/chart.ts';

interface Rule {
  readonly ports: readonly object[];
  readonly from?: readonly object[];
  readonly to?: readonly object[];
}

interface NetworkPolicy {
  readonly spec: {
    readonly podSelector: object;
    readonly policyTypes: readonly string[];
    readonly ingress: readonly Rule[];
    readonly egress: readonly Rule[];
  };
}

async function policy(values: Values = {}, more: Values = {}) {
  const manifests = await render({ ...more, networkPolicy: { enabled: true, ...values } });
  const { spec } = one<NetworkPolicy>(manifests, 'NetworkPolicy');
  return { manifests, spec };
}

const system = { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } };
const konnectivity = {
  namespaceSelector: system,
  podSelector: { matchLabels: { app: 'konnectivity-agent' } },
};
const tcp = (...ports: number[]) => ports.map((port) => ({ port, protocol: 'TCP' }));

t.test('there is no policy unless it is asked for', async (t) => {
  t.strictSame(all(await render(), 'NetworkPolicy'), []);
});

t.test('AKS calls through its konnectivity agents, and any pod may scrape', async (t) => {
  const { spec } = await policy();
  t.strictSame(spec.ingress, [
    { ports: tcp(8443), from: [konnectivity] },
    { ports: tcp(8444), from: [{ namespaceSelector: {} }] },
  ]);
});

t.test('an API server inside the network calls from its addresses', async (t) => {
  const { spec } = await policy({ apiServer: { konnectivity: false, cidrs: ['10.1.0.0/28'] } });
  t.strictSame(spec.ingress?.[0]?.from, [{ ipBlock: { cidr: '10.1.0.0/28' } }]);
  const both = await policy({ apiServer: { cidrs: ['fd00::/64'] } });
  t.strictSame(both.spec.ingress?.[0]?.from, [konnectivity, { ipBlock: { cidr: 'fd00::/64' } }]);
});

t.test('a policy that lets nobody call is refused, as is what is no CIDR', async (t) => {
  const networkPolicy = { enabled: true, apiServer: { konnectivity: false } };
  t.match(await refusal({ networkPolicy }), /networkPolicy lets nobody call the webhook/);
  const cidrs = ['10.0.0.1'];
  t.match(await refusal({ networkPolicy: { apiServer: { cidrs } } }), /\/apiServer\/cidrs\/0/);
});

t.test('ports follow the ports of the pods', async (t) => {
  const { spec } = await policy({}, { ports: { webhook: 10250, ops: 9090 } });
  t.strictSame(
    spec.ingress?.map(({ ports }) => ports),
    [tcp(10250), tcp(9090)],
  );
});

t.test('scraping is bound to peers, or forbidden', async (t) => {
  const peer = { namespaceSelector: { matchLabels: { team: 'monitoring' } } };
  t.strictSame((await policy({ metricsFrom: [peer] })).spec.ingress?.[1]?.from, [peer]);
  t.equal((await policy({ metricsFrom: [] })).spec.ingress?.length, 1);
});

t.test('the pods reach the API server and the cluster’s DNS, nothing else', async (t) => {
  const { spec } = await policy();
  t.strictSame(spec.policyTypes, ['Ingress', 'Egress']);
  t.strictSame(spec.egress, [
    { ports: tcp(443, 6443) },
    {
      ports: [{ port: 53, protocol: 'UDP' }, ...tcp(53)],
      to: [{ namespaceSelector: system, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
    },
  ]);
  const bound = await policy({
    egress: { apiServerCidrs: ['10.0.0.1/32'], apiServerPorts: [443] },
  });
  t.strictSame(bound.spec.egress?.[0], {
    ports: tcp(443),
    to: [{ ipBlock: { cidr: '10.0.0.1/32' } }],
  });
});

t.test('it is about the webhook’s pods and no others', async (t) => {
  const { manifests, spec } = await policy();
  t.strictSame(spec.podSelector, one<V1Deployment>(manifests, 'Deployment').spec?.selector);
});

import t from 'tap';
import { sidecarCollisions } from '../../../../webhook/core/inject/sidecar-collisions.ts';
import type { PodSpec } from '../../../../webhook/core/statefulset.ts';

const BARE: PodSpec = { containers: [{ name: 'app' }] };

function codes(spec: PodSpec, claimNames: readonly string[] = ['data']): string[] {
  const found = sidecarCollisions(spec, [{ name: 'zonekeeper-env' }], claimNames);
  return found.map(({ code }) => code);
}

t.test('names and ports of the user are never taken', async (t) => {
  const withPort = (port: object) => ({ containers: [{ name: 'app', ports: [port] }] });
  t.same(codes(BARE), []);
  t.same(codes({ ...BARE, initContainers: [{ name: 'zonekeeper-sidecar' }] }), ['ZK135']);
  t.same(codes({ containers: [{ name: 'zonekeeper-sidecar' }] }), ['ZK135']);
  t.same(codes({ ...BARE, volumes: [{ name: 'zonekeeper-env' }] }), ['ZK108']);
  t.same(codes(BARE, ['zonekeeper-env']), ['ZK108']);
  t.same(codes({ ...BARE, volumes: [{ name: 'zonekeeper-token' }] }), []);
  t.same(codes(withPort({ containerPort: 9809 })), ['ZK138']);
  t.same(codes(withPort({ name: 'zonekeeper', containerPort: 1 })), ['ZK138']);
  t.same(codes(withPort({ containerPort: 9809, protocol: 'UDP' })), []);
});

t.test('a template for Windows has no place for it', async (t) => {
  t.same(codes({ ...BARE, os: { name: 'windows' } }), ['ZK139']);
  t.same(codes({ ...BARE, nodeSelector: { 'kubernetes.io/os': 'windows' } }), ['ZK139']);
  t.same(codes({ ...BARE, os: { name: 'linux' } }), []);
});

import assert from 'node:assert/strict';
import t from 'tap';
import {
  type Marker,
  memoryOf,
  readMarker,
  recordOf,
  unknownFields,
  writeMarker,
} from '../../../webhook/core/marker.ts';
import { create, markerOf } from '../../support/admission.ts';
import { contexts } from '../../support/arbitraries/configuration.ts';
import { anyText } from '../../support/arbitraries/json.ts';
import { anySets } from '../../support/arbitraries/statefulset.ts';
import { holds } from '../../support/property.ts';
import { MARKER, manifest } from '../../support/statefulset.ts';
import { CLIENT, TENANT } from '../../support/vault.ts';

const VAULT = {
  class: 'zonekeeper-mysql-0aac85c4d7',
  vault: 'contoso-prod',
  tenant: TENANT,
  identity: 'identity-binding',
  client: CLIENT,
  cloud: 'AzureChinaCloud',
} as const;

const FULL: Marker = {
  v: 1,
  by: '0.1.0',
  offline: true,
  profile: 'default',
  request: { inject: 'true', containers: 'app' },
  claims: { data: 'zonekeeper-zrs' },
  scheduler: { name: 'volcano', was: 'default-scheduler' },
  secrets: [{ volume: 'zonekeeper-secrets', class: 'vault', path: '/mnt/secrets-store' }],
  containers: ['app'],
  placement: { group: 'ppg-1', made: 'affinity' },
  failover: { seconds: 30, keys: ['node.kubernetes.io/not-ready'] },
  vault: VAULT,
};

function marked(text: string) {
  return manifest({ annotations: { [MARKER]: text } });
}

function read(changes: object) {
  return readMarker(marked(JSON.stringify({ ...FULL, ...changes })));
}

t.setTimeout(300_000);

t.test('a marker reads as it was written', async (t) => {
  t.same(readMarker(marked(writeMarker(FULL))), FULL);
  t.same(readMarker(marked(writeMarker({ v: 1 }))), { v: 1 });
  t.equal(readMarker(manifest()), undefined);
});

t.test('a marker is written in one order and without what is empty', async (t) => {
  const shuffled = Object.fromEntries(Object.entries(FULL).reverse()) as unknown as Marker;
  t.equal(writeMarker(shuffled), writeMarker(FULL));
  t.equal(writeMarker({ v: 1, claims: {} }), '{"v":1}');
});

t.test('every marker that zonekeeper writes it can read', async (t) => {
  holds(t, anySets, contexts(), (set, context) => {
    const { stored, mutation } = create(set, context);
    if (mutation.outcome === 'denied') return;
    assert.notEqual(readMarker(stored), 'broken', markerOf(stored));
  });
});

t.test('any text can be looked at', async (t) => {
  holds(t, anyText, (text) => {
    assert.equal(readMarker(marked(text)), 'broken');
  });
});

t.test('what zonekeeper could not have written is not believed', async (t) => {
  const forged: Readonly<Record<string, object>> = {
    'another version': { v: 2 },
    'no class': { claims: { data: '' } },
    'another scheduler before': { scheduler: { name: 'volcano', was: 'mine' } },
    'no scheduler': { scheduler: { name: 'a b' } },
    'a volume of the user': {
      secrets: [{ volume: 'data', class: 'vault', path: '/mnt/secrets-store' }],
    },
    'a volume with another beginning': {
      secrets: [{ volume: 'zonekeeper-secretsx', class: 'vault', path: '/mnt' }],
    },
    'a path that is none': {
      secrets: [{ volume: 'zonekeeper-secrets', class: 'vault', path: '/mnt/../x' }],
    },
    'no secrets': { secrets: [] },
    'a taint of the user': { failover: { seconds: 30, keys: ['gpu'] } },
    'a long failover': { failover: { seconds: 301, keys: ['node.kubernetes.io/not-ready'] } },
    'a broken second': { failover: { seconds: 5.5, keys: ['node.kubernetes.io/not-ready'] } },
    'no taint': { failover: { seconds: 5, keys: [] } },
    'no group': { placement: { group: '', made: 'affinity' } },
    'another level': { placement: { group: 'ppg-1', made: 'spec' } },
    'not offline': { offline: false },
    'a request of numbers': { request: { inject: 1 } },
    'no containers': { containers: [] },
    'a class of the user': { vault: { ...VAULT, class: 'vault' } },
    'no tenant': { vault: { ...VAULT, tenant: 'contoso' } },
    'another identity': { vault: { ...VAULT, identity: 'pod-identity' } },
  };
  for (const [name, changes] of Object.entries(forged)) t.equal(read(changes), 'broken', name);
});

t.test('fields of a newer version are carried along, to the letter', async (t) => {
  const newer = { ...FULL, vault: { ...VAULT, since: 2 }, reloader: { v: [1] }, z: null };
  const text = JSON.stringify(newer);
  const marker = readMarker(marked(text));
  if (marker === 'broken' || marker === undefined) throw new Error('not read');
  t.equal(writeMarker(marker), text);
  t.same(unknownFields(marker), { reloader: { v: [1] }, z: null });
  t.same(unknownFields(FULL), {});
  t.same(memoryOf({}, marker), { v: 1, claims: {}, reloader: { v: [1] }, z: null });
  t.equal(memoryOf({}, FULL), undefined);
});

t.test('what is no JSON object is not believed either', async (t) => {
  for (const text of ['', '{', '[]', 'null', '1', '"v"', '{}']) {
    t.equal(readMarker(marked(text)), 'broken', text);
  }
});

t.test('longest names and paths that a request can have are read again', async (t) => {
  const name = 'a'.repeat(253);
  const secrets = [
    { volume: 'zonekeeper-secrets', class: name, path: `/${'b'.repeat(1023)}/${name}` },
  ];
  t.match(read({ secrets, claims: { data: name } }), { secrets });
});

t.test('the record is what the marker says of the template', async (t) => {
  const { v, by, offline, profile, request, claims, ...record } = FULL;
  t.same(recordOf(FULL), record);
  t.same(recordOf({ v: 1 }), {});
  t.same(recordOf(undefined), {});
});

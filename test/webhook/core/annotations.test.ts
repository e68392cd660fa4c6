import t from 'tap';
import { ANNOTATIONS, MARKER, PREFIX } from '../../../webhook/core/annotations.ts';
import { readRequest } from '../../../webhook/core/request.ts';
import { SOUND_VIEW } from '../../support/cluster-view.ts';
import { contextWith } from '../../support/context.ts';

const SOUND: Readonly<Record<string, string>> = {
  inject: 'true',
  profile: 'azuredisk-v2',
  'storage-class': 'zonekeeper-zrs',
  'scheduler-name': 'volcano',
  'key-vault': 'contoso-prod',
  secrets: 'mysql-root-password, tls/ca.pem=cert/web',
  'client-id': '01234567-89ab-cdef-0123-456789abcdef',
  'tenant-id': '89abcdef-0123-4567-89ab-cdef01234567',
  'secret-provider-class': 'vault',
  'mount-path': '/etc/secrets',
  containers: 'app',
  sidecar: 'true',
  env: 'auto, PASSWORD=mysql-root-password',
  'env-format': 'systemd',
  'env-delivery': 'none',
  'on-rotation': 'restart',
  verify: 'true',
  flexvolume: 'convert',
  'proximity-placement-group': 'ppg-1',
  'fast-failover': '30s',
};

t.test('every key of the contract is told of once', async (t) => {
  const keys = ANNOTATIONS.map(({ key }) => key);
  t.equal(new Set(keys).size, keys.length);
  t.equal(keys.length, 21);
  t.equal(MARKER, 'zonekeeper.io/injected');
});

t.test('every key that is acted on is accepted, each with a value', async (t) => {
  const keys = ANNOTATIONS.map(({ key }) => key).filter((key) => key !== 'injected');
  t.same(Object.keys(SOUND), keys);
  const all = Object.entries(SOUND).map(([key, value]) => [PREFIX + key, value]);
  const { denials, warnings } = readRequest(
    Object.fromEntries(all),
    'shop',
    contextWith({ view: SOUND_VIEW }),
  );
  t.same([denials, warnings], [[], []]);
});

t.test('the reference says of each key what it takes and means', async (t) => {
  for (const { value, default: preset, meaning } of ANNOTATIONS) {
    t.match([value, preset, meaning], [/\S/, /\S/, /^[A-Z].*\.$/]);
  }
});

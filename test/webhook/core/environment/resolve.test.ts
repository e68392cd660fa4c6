import t from 'tap';
import { AnnotationReader } from '../../../../webhook/core/annotation-reader.ts';
import type { MountedClass } from '../../../../webhook/core/environment/mounted.ts';
import { resolveDelivery } from '../../../../webhook/core/environment/resolve.ts';
import { readSidecarWishes } from '../../../../webhook/core/environment/wishes.ts';
import type { ClusterView } from '../../../../webhook/core/view.ts';
import { contextWith, profiles } from '../../../support/context.ts';

const VAULT: MountedClass = {
  folder: 'vault',
  path: '/s',
  files: [{ file: 'a', isText: true, source: 'https://v.vault.azure.net/secrets/a' }],
  identity: { clientId: 'client', tenantId: 'tenant', authority: undefined },
};
const UNKNOWN: MountedClass = { ...VAULT, path: '/u', files: undefined, identity: undefined };

interface Given {
  readonly classes?: readonly MountedClass[];
  readonly minor?: number | undefined;
  readonly profile?: object;
  readonly image?: string;
}

function resolved(asks: Readonly<Record<string, string>>, given: Given = {}) {
  const { classes = [VAULT], profile: settings = {}, image } = given;
  const minor = 'minor' in given ? given.minor : 36;
  const view: ClusterView = minor === undefined ? {} : { version: { major: 1, minor } };
  const configuration = {
    ...profiles({ default: settings }),
    ...(image && { sidecarImage: image }),
  };
  const [profile] = Object.values(configuration.profiles);
  if (profile === undefined) throw new Error('no profile');
  const wishes = readSidecarWishes(new AnnotationReader(asks), profile);
  const context = contextWith({ view, configuration, version: '1.2.3+build' });
  return resolveDelivery(wishes, classes, profile, context);
}

const codes = (...args: Parameters<typeof resolved>) =>
  resolved(...args).denials.map(({ code }) => code);

t.test('without secrets, or against the wish, there is no sidecar', async (t) => {
  t.same(resolved({}, { classes: [] }), { plan: undefined, denials: [] });
  t.same(resolved({ sidecar: 'false' }), { plan: undefined, denials: [] });
  t.same(codes({ env: 'auto', verify: 'true' }, { classes: [] }), ['ZK130', 'ZK130']);
  t.same(codes({ sidecar: 'true' }, { classes: [] }), ['ZK130']);
  t.same(codes({ sidecar: 'false', env: 'A=a' }), ['ZK130']);
});

t.test(
  'the image is the profile’s, the configuration’s, or that of the webhook’s version',
  async (t) => {
    const image = (given: Given) => resolved({}, given).plan?.sidecar.image;
    t.equal(image({}), 'zonekeeper/sidecar:1.2.3_build');
    t.equal(image({ image: 'general:1' }), 'general:1');
    t.equal(image({ image: 'general:1', profile: { sidecar: { image: 'own:1' } } }), 'own:1');
  },
);

t.test('how the application gets its variables', async (t) => {
  const environment = (asks: Record<string, string>, given?: Given) =>
    resolved(asks, given).plan?.environment;
  t.same(environment({}), { delivery: 'file' });
  t.same(environment({ 'env-delivery': 'none' }), undefined);
  t.same(environment({ env: 'none' }), undefined);
  const kubernetes = { 'env-delivery': 'kubernetes' };
  t.same(environment({ ...kubernetes, env: 'B=a, A_FILE=@a' }), {
    delivery: 'kubernetes',
    variables: ['A_FILE', 'B'],
  });
  const nothing = { classes: [{ ...VAULT, files: [] }] };
  t.equal(environment(kubernetes, nothing), undefined);
});

t.test(
  'what the version of the cluster lacks is refused, also where it is not known',
  async (t) => {
    const kubernetes = { 'env-delivery': 'kubernetes' };
    const restart = { 'on-rotation': 'restart' };
    t.same(codes(kubernetes, { minor: 35 }), []);
    t.same(codes(kubernetes, { minor: 34 }), ['ZK133']);
    t.same(codes(kubernetes, { minor: undefined }), ['ZK133']);
    t.same(codes(restart, { minor: 36 }), []);
    t.same(codes(restart, { minor: 35 }), ['ZK133']);
    t.same(codes(restart, { minor: undefined }), ['ZK133']);
    t.same(codes({}, { minor: 29 }), []);
    t.same(codes({}, { minor: 28 }), ['ZK133']);
    t.same(codes({}, { minor: undefined }), []);
  },
);

t.test('what the kubelet is to set it must know by name', async (t) => {
  const kubernetes = { 'env-delivery': 'kubernetes' };
  t.same(codes(kubernetes, { classes: [UNKNOWN] }), ['ZK134']);
  t.same(codes({ ...kubernetes, env: 'A=a' }, { classes: [UNKNOWN] }), []);
  t.same(codes({ ...kubernetes, 'env-format': 'posix' }), ['ZK140']);
});

t.test('no mount lies within another', async (t) => {
  for (const path of ['/run', '/run/zonekeeper', '/run/zonekeeper/own']) {
    t.same(codes({}, { classes: [{ ...VAULT, path }] }), ['ZK103'], path);
  }
  for (const path of ['/run/zonekeeper2', '/run/own']) {
    t.same(codes({}, { classes: [{ ...VAULT, path }] }), [], path);
  }
});

t.test('what is verified is what is known, as whoever reads it', async (t) => {
  const verify = (asks: Record<string, string>, given?: Given) =>
    resolved(asks, given).plan?.sidecar.verify;
  t.equal(verify({}), undefined);
  t.match(verify({ verify: 'true' }, { classes: [UNKNOWN, VAULT] }), {
    arguments: ['--verify', '--object=https://v.vault.azure.net/secrets/a=/s/a'],
    identity: { clientId: 'client' },
  });
  t.match(verify({}, { profile: { verify: true } }), { arguments: ['--verify', /./] });
  t.same(verify({ verify: 'true' }, { classes: [UNKNOWN] }), {
    arguments: [],
    identity: undefined,
  });
});

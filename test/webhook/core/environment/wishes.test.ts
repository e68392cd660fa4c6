import t from 'tap';
import { AnnotationReader } from '../../../../webhook/core/annotation-reader.ts';
import { readSidecarWishes } from '../../../../webhook/core/environment/wishes.ts';
import { profiles } from '../../../support/context.ts';

const [PROFILE] = Object.values(profiles({ default: { verify: true } }).profiles);

function read(asks: Readonly<Record<string, string>>) {
  const reader = new AnnotationReader(asks);
  return { ...readSidecarWishes(reader, PROFILE), problems: reader.problems };
}

function faults(asks: Readonly<Record<string, string>>): string[] {
  return read(asks).problems.map(({ code, found }) => `${code} ${found}`);
}

t.test(
  'who asks for nothing gets every file, in a file, and what the profile verifies',
  async (t) => {
    t.same(read({}), {
      sidecar: undefined,
      environment: { auto: true, named: [], format: undefined, delivery: 'file' },
      rotation: { action: 'none' },
      verify: { value: true, origin: 'profile' },
      asked: [],
      problems: [],
    });
  },
);

t.test('each annotation is read by its grammar', async (t) => {
  const asks = {
    sidecar: ' true ',
    env: 'A=a\n B_FILE=@tls/b ,',
    'env-format': 'systemd',
    'env-delivery': 'kubernetes',
    'on-rotation': 'http=http://localhost/',
    verify: 'false',
  };
  t.match(read(asks), {
    sidecar: true,
    environment: {
      auto: false,
      named: [
        { name: 'A', file: 'a', holds: 'content' },
        { name: 'B_FILE', file: 'tls/b', holds: 'path' },
      ],
      format: 'systemd',
      delivery: 'kubernetes',
    },
    rotation: { action: 'http', url: 'http://localhost/' },
    verify: { value: false, origin: 'annotation' },
    asked: ['env', 'env-format', 'env-delivery', 'on-rotation'],
    problems: [],
  });
  t.match(read({ env: 'auto, A=a' }).environment, { auto: true, named: [{ name: 'A' }] });
});

t.test('no variables is no delivery', async (t) => {
  t.match(read({ env: 'none', 'env-delivery': 'file' }).environment, {
    auto: false,
    delivery: 'none',
  });
});

t.test('what cannot be read is told of, each fault once', async (t) => {
  t.same(faults({ env: 'A' }), ['ZK103 annotation zonekeeper.io/env is "A"']);
  t.same(faults({ env: 'A=' }), ['ZK103 annotation zonekeeper.io/env is "A="']);
  t.same(faults({ env: '1=a' }), ['ZK103 annotation zonekeeper.io/env is "1=a"']);
  t.same(faults({ env: 'none, auto' }), ['ZK103 annotation zonekeeper.io/env is "none, auto"']);
  t.same(faults({ env: 'A=a, A=a' }), ['ZK105 annotation zonekeeper.io/env lists "A=a" twice']);
  t.same(faults({ sidecar: 'yes', verify: '', 'env-format': 'toml', 'env-delivery': 'both' }), [
    'ZK103 annotation zonekeeper.io/verify is ""',
    'ZK103 annotation zonekeeper.io/sidecar is "yes"',
    'ZK103 annotation zonekeeper.io/env-delivery is "both"',
    'ZK103 annotation zonekeeper.io/env-format is "toml"',
  ]);
  t.same(faults({ 'on-rotation': 'http=http://db/' }), [
    'ZK103 annotation zonekeeper.io/on-rotation is "…"',
  ]);
});

t.test('where the profile is unknown nothing is verified', async (t) => {
  const { verify } = readSidecarWishes(new AnnotationReader({}), undefined);
  t.same(verify, { value: false, origin: 'profile' });
});

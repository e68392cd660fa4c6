import t from 'tap';
import { inspectFileModes } from '../../../../webhook/core/inspect/file-modes.ts';
import { inspected } from '../../../support/inspected.ts';
import { manifest } from '../../../support/statefulset.ts';

const NON_ROOT = { runAsNonRoot: true };

interface Case {
  readonly pod?: object;
  readonly own?: object;
  readonly mode?: number;
  readonly containers?: readonly string[];
}

function found({ pod, own, mode, containers }: Case): string[] {
  const object = {
    type: 'secret',
    name: 'a',
    file: 'tls/a',
    ...(mode !== undefined && { mode }),
  } as const;
  const secretProviderClasses = new Map([['shop/vault', { provider: 'azure', objects: [object] }]]);
  const set = manifest({
    pod: {
      securityContext: pod,
      initContainers: [],
      containers: [{ name: 'app', image: 'a', securityContext: own }],
    },
  });
  const marker = {
    v: 1,
    secrets: [{ volume: 'zonekeeper-secrets', class: 'vault', path: '/mnt' }],
    ...(containers && { containers }),
  } as const;
  return inspectFileModes(inspected(set, { secretProviderClasses }, marker)).map(
    ({ found }) => found,
  );
}

t.test('a file that only root may read is told of where the container is not root', async (t) => {
  t.same(found({ pod: NON_ROOT, mode: 0o400 }), [
    'container "app" is not root, and class "vault" writes "tls/a" with mode 0400',
  ]);
  t.equal(found({ own: { runAsUser: 1000 }, mode: 0o600 }).length, 1);
  t.equal(found({ pod: { runAsUser: 0 }, own: { runAsUser: 1000 }, mode: 0 }).length, 1);
});

t.test('one that it may read, or may be root for, is not', async (t) => {
  t.same(found({ pod: NON_ROOT }), [], 'the provider writes 0644');
  t.same(found({ pod: NON_ROOT, mode: 0o444 }), []);
  t.same(found({ mode: 0o400 }), []);
  t.same(found({ pod: { ...NON_ROOT, runAsUser: 0 }, mode: 0o400 }), []);
  t.same(
    found({ pod: NON_ROOT, mode: 0o400, containers: ['other'] }),
    [],
    'it is not mounted there',
  );
});

t.test('the group of root counts for a container that may be in it', async (t) => {
  t.same(found({ pod: NON_ROOT, mode: 0o440 }), []);
  t.same(found({ pod: { ...NON_ROOT, runAsGroup: 0 }, mode: 0o440 }), []);
  t.equal(found({ pod: { ...NON_ROOT, runAsGroup: 1000 }, mode: 0o440 }).length, 1);
});

t.test('of classes that are not known nothing is said', async (t) => {
  const marker = { v: 1, secrets: [{ volume: 'v', class: 'vault', path: '/a' }] } as const;
  t.same(inspectFileModes(inspected(manifest(), {}, marker)), []);
  t.same(inspectFileModes(inspected(manifest(), { secretProviderClasses: new Map() }, marker)), []);
});

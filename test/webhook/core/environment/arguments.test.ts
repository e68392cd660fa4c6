import t from 'tap';
import {
  sidecarArguments,
  verifyArguments,
} from '../../../../webhook/core/environment/arguments.ts';
import type { MountedClass } from '../../../../webhook/core/environment/mounted.ts';

const SOURCE = 'https://contoso.vault.azure.net/secrets/a';
const VAULT: MountedClass = {
  folder: 'vault',
  path: '/s/vault',
  files: [
    { file: 'a', isText: true, source: `${SOURCE}#hex` },
    { file: 'b', isText: true, source: undefined },
  ],
  identity: undefined,
};
const OTHER: MountedClass = {
  folder: 'other',
  path: '/s/o',
  files: undefined,
  identity: undefined,
};
const TASK = {
  classes: [VAULT, OTHER],
  variables: [
    { name: 'A', path: '/s/vault/a', holds: 'content' },
    { name: 'C_FILE', path: '/s/o/c', holds: 'path' },
  ],
  unknown: [OTHER],
  format: 'posix',
  rotation: { action: 'none' },
} as const;

t.test('the sidecar is told of mounts, files and variables, each once', async (t) => {
  t.same(sidecarArguments(TASK), [
    '--mount=/s/vault',
    '--mount=/s/o',
    '--expect=/s/vault/b',
    '--variable=A=/s/vault/a',
    '--file-variable=C_FILE=/s/o/c',
    '--auto=/s/o',
  ]);
});

t.test('of format, file and rotation only what is no default', async (t) => {
  const bare = { ...TASK, classes: [OTHER], variables: [], unknown: [] };
  const last = (changes: object) => sidecarArguments({ ...bare, ...changes }).slice(1);
  t.same(last({}), []);
  t.same(last({ format: 'json' }), ['--format=json']);
  t.same(last({ format: undefined }), ['--env-file=none']);
  t.same(last({ rotation: { action: 'restart' } }), ['--on-rotation=restart']);
  const rotation = { action: 'http', url: 'http://localhost/a?b=c' };
  t.same(last({ rotation }), ['--on-rotation=http=http://localhost/a?b=c']);
});

t.test('the kubelet replaces nothing in an argument', async (t) => {
  const odd = { ...OTHER, path: '/s/$(HOME)$$' };
  t.same(sidecarArguments({ ...TASK, classes: [odd], variables: [], unknown: [] }), [
    '--mount=/s/$$(HOME)$$$$',
  ]);
});

t.test('what can be compared is named, and without it nothing is verified', async (t) => {
  t.same(verifyArguments([VAULT, OTHER]), ['--verify', `--object=${SOURCE}#hex=/s/vault/a`]);
  t.same(verifyArguments([OTHER]), []);
});

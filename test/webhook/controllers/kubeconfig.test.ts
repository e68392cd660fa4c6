import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { kubeconfigAccess } from '../../../webhook/controllers/kubeconfig.ts';

/** JSON is YAML. */
const config = (token: string, current = 'here') =>
  JSON.stringify({
    'current-context': current,
    contexts: ['here', 'there'].map((name) => ({ name, context: { cluster: name, user: 'me' } })),
    clusters: ['here', 'there'].map((name) => ({
      name,
      cluster: { server: `https://${name}.test:6443`, 'certificate-authority-data': 'Q0E=' },
    })),
    users: [{ name: 'me', user: { token } }],
  });

t.test('server, CA and credentials are those of the context', async (t) => {
  const file = path.join(t.testdir({ config: config('secret') }), 'config');
  const access = await kubeconfigAccess(file);
  t.equal(access.server.host, 'here.test:6443');
  t.match(await access.options(), {
    ca: Buffer.from('CA'),
    headers: { Authorization: 'Bearer secret' },
  });
  t.equal((await kubeconfigAccess(file, 'there')).server.host, 'there.test:6443');
});

t.test('credentials that are refused are read anew', async (t) => {
  const file = path.join(t.testdir({ config: config('first') }), 'config');
  const access = await kubeconfigAccess(file);
  await writeFile(file, config('second'));
  t.match(await access.options(), { headers: { Authorization: 'Bearer first' } });
  access.refused();
  t.match(await access.options(), { headers: { Authorization: 'Bearer second' } });
  await writeFile(file, '{');
  access.refused();
  t.match(await access.options(), { headers: { Authorization: 'Bearer second' } });
});

t.test('a file that names no API server is an error that says so', async (t) => {
  const folder = t.testdir({ empty: '{}', astray: config('x', 'nowhere') });
  await t.rejects(
    kubeconfigAccess(path.join(folder, 'empty')),
    /expected a context with a cluster/,
  );
  await t.rejects(
    kubeconfigAccess(path.join(folder, 'astray')),
    /astray names no API server for context "nowhere"/,
  );
  await t.rejects(kubeconfigAccess(path.join(folder, 'none')), { code: 'ENOENT' });
});

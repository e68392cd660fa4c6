import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { inClusterAccess } from '../../../webhook/controllers/in-cluster.ts';

t.test('token and CA are read anew for each request', async (t) => {
  const folder = t.testdir({ token: 'first\n', 'ca.crt': 'CA' });
  const access = inClusterAccess('https://10.0.0.1:443', folder);
  t.equal(access.server.host, '10.0.0.1');
  t.strictSame(await access.options(), { ca: 'CA', headers: { authorization: 'Bearer first' } });
  await writeFile(path.join(folder, 'token'), 'second');
  access.refused();
  t.match(await access.options(), { headers: { authorization: 'Bearer second' } });
});

t.test('the API server is known by its name', async (t) => {
  t.equal(inClusterAccess().server.href, 'https://kubernetes.default.svc/');
});

t.test('a pod without a ServiceAccount is an error', async (t) => {
  await t.rejects(inClusterAccess(undefined, t.testdir()).options(), { code: 'ENOENT' });
});

import path from 'node:path';
import t from 'tap';
import { access } from '../../../webhook/check/connect.ts';

function config(name: string, more: object = {}): string {
  return JSON.stringify({
    'current-context': name,
    contexts: [{ name, context: { cluster: name, user: name, namespace: `${name}-space` } }],
    clusters: [{ name, cluster: { server: `https://${name}.test` } }],
    users: [{ name, user: { token: name } }],
    ...more,
  });
}

t.test('the flag wins, then the list, then the usual file', async (t) => {
  const folder = t.testdir({ named: config('named'), one: config('one'), usual: config('usual') });
  const at = (name: string) => path.join(folder, name);
  const usual = at('usual');
  const hostOf = async (named: string | undefined, listed: string[]) =>
    (await access({ named, listed, usual }, undefined)).server.host;
  t.equal(await hostOf(at('named'), [at('one')]), 'named.test');
  t.equal(await hostOf(undefined, [at('absent'), at('one')]), 'one.test');
  t.equal(await hostOf(undefined, []), 'usual.test');
});

t.test('files of a list are merged, and the first that says something counts', async (t) => {
  const folder = t.testdir({
    first: config('first'),
    second: config('second', {
      clusters: [
        { name: 'first', cluster: { server: 'https://wrong.test' } },
        { name: 'second', cluster: { server: 'https://second.test' } },
      ],
    }),
  });
  const listed = ['first', 'second'].map((name) => path.join(folder, name));
  const places = { listed, usual: '' };
  const first = await access(places, undefined);
  t.match(first, { namespace: 'first-space' });
  t.equal(first.server.host, 'first.test');
  const second = await access(places, 'second');
  t.equal(second.server.host, 'second.test');
  t.match(await second.options(), { headers: { Authorization: 'Bearer second' } });
});

t.test('what was named must be there; where nothing is, it says where it looked', async (t) => {
  const usual = path.join(t.testdir(), 'none');
  await t.rejects(access({ named: usual, listed: [], usual }, undefined), { code: 'ENOENT' });
  await t.rejects(access({ listed: [], usual }, undefined), {
    message: `there is no kubeconfig ${usual}`,
  });
});

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { run } from '../../support/run.ts';

const main = (...args: string[]) => run(process.execPath, ['webhook/self-test/main.ts', ...args]);
const SET = ['--namespace=default', '--image=example.test/zonekeeper:1'];

t.test('a command line that is wrong is answered with what it should be', async (t) => {
  for (const args of [[], ['--namespace=default'], [...SET, '--nonsense']]) {
    const { code, stdout, stderr } = await main(...args);
    t.equal(code, 2);
    t.equal(stdout, '');
    t.match(stderr, '--namespace NAME');
  }
});

t.test('without an API server it fails and says so', async (t) => {
  const kubeconfig = path.join(t.testdir(), 'kubeconfig');
  const cluster = { name: 'c', cluster: { server: 'https://127.0.0.1:1' } };
  const context = { name: 'x', context: { cluster: 'c', user: 'u' } };
  const config = {
    clusters: [cluster],
    contexts: [context],
    users: [{ name: 'u', user: {} }],
    'current-context': 'x',
  };
  await writeFile(kubeconfig, JSON.stringify(config));
  const { code, stdout } = await main(...SET, `--kubeconfig=${kubeconfig}`);
  t.equal(code, 1);
  t.match(stdout, 'dry run of an annotated StatefulSet in namespace "default"\nfailed: ');
  t.match(stdout, 'ECONNREFUSED');
});

t.test('a configuration that the webhook would refuse fails with its problems', async (t) => {
  const config = path.join(t.testdir(), 'config.yaml');
  await writeFile(config, 'profiles: {}\n');
  const { code, stdout } = await main(...SET, `--config=${config}`);
  t.equal(code, 1);
  t.match(stdout, /^failed: ZK302 /);
});

import path from 'node:path';
import t from 'tap';
import { run } from '../support/run.ts';

const main = path.join(import.meta.dirname, 'run.ts');

t.test('without a control plane the tests are counted as skipped, with the reason', async (t) => {
  const { code, stdout } = await run(process.execPath, [main], {
    env: { CI: '', KUBEBUILDER_ASSETS: t.testdir({}) },
  });
  t.equal(code, 0);
  t.match(stdout, /^The cluster tests are skipped: .+\n0 passed, 0 failed, 1 skipped\n$/);
});

t.test('in CI a missing control plane is a failure', async (t) => {
  const { code, stdout } = await run(process.execPath, [main], {
    env: { CI: 'true', KUBEBUILDER_ASSETS: t.testdir({}) },
  });
  t.equal(code, 1);
  t.match(
    stdout,
    /^The cluster tests are required in CI, but .+\n0 passed, 1 failed, 0 skipped\n$/,
  );
});

t.test('the same holds for the tests that need nodes', async (t) => {
  const env = { CI: 'true', KUBEBUILDER_ASSETS: t.testdir({}) };
  const { code, stdout } = await run(process.execPath, [main, '--nodes'], { env });
  t.equal(code, 1);
  t.match(
    stdout,
    /^The cluster tests are required in CI, but .+\n0 passed, 1 failed, 0 skipped\n$/,
  );
});

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import t from 'tap';
import { run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';
import { podFolder } from '../support/sidecar-process.ts';

/** What is loaded to make the first delivery: nothing that a pod pays for without using it. */
const BUILTINS = ['node:buffer', 'node:fs', 'node:path', 'node:util'];

t.test('the sidecar starts without a package, an HTTP server and anything of Azure', async (t) => {
  const { metafile } = await build({
    entryPoints: ['sidecar/main.ts'],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const loaded = new Set<string>();
  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { kind, path } of metafile.inputs[file]?.imports ?? []) {
      if (kind !== 'dynamic-import') load(path);
    }
  };
  load('sidecar/main.ts');
  const own = [...loaded].filter((file) => /^(?:sidecar|messages)\//.test(file));
  t.ok(own.length > 20);
  t.strictSame([...loaded].filter((file) => !own.includes(file)).sort(), BUILTINS);
  t.strictSame(
    own.filter((file) => /\/(?:vault|http)\//.test(file)),
    [],
  );
});

t.test('the first delivery is made before the HTTP server is loaded', async (t) => {
  const folder = scratch(t);
  const { mount, envFile, args } = podFolder(folder);
  mount.write({ password: 'one' });
  const bundle = path.join(folder, 'sidecar.cjs');
  await build({
    entryPoints: ['sidecar/main.ts'],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    external: ['*/vault/verifier.ts'],
  });
  const spy = path.join(folder, 'spy.cjs');
  writeFileSync(
    spy,
    `const Module = require('node:module');
    const load = Module._load;
    Module._load = (name, ...rest) => {
      if (name !== 'node:http') return load(name, ...rest);
      require('node:fs').writeSync(2, String(require('node:fs').existsSync(${JSON.stringify(envFile)})));
      process.exit();
    };`,
  );
  const { stderr } = await run(process.execPath, ['--require', spy, bundle, '--', ...args]);
  t.equal(stderr, 'true');
});

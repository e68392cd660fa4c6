import { build } from 'esbuild';
import t from 'tap';

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

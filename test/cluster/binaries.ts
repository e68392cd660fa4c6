import { createHash } from 'node:crypto';
import { access, constants, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../support/cache.ts';
import { run } from '../support/run.ts';

/** The servers of a control plane. The first two alone already answer every write. */
export const COMPONENTS = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
] as const;
export type Component = (typeof COMPONENTS)[number];

/** What a node runs; the built binary has them, the folders of envtest do not. */
const NODE_COMPONENTS = ['kubelet', 'kube-proxy'] as const;

export type Binaries = {
  /** Paths of the components that there are; etcd and kube-apiserver always are. */
  readonly paths: ReadonlyMap<string, string>;
  /** For people: what they are and where they come from. */
  readonly origin: string;
};

/** Why there is no control plane on this machine, and what to do about it. */
export type Unavailable = { readonly unavailable: string };

const MODULE = path.join(import.meta.dirname, 'hyper');
const PACKAGES_WITH_VERSION = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'];

/**
 * Finds the servers: those in the folder that `KUBEBUILDER_ASSETS` names (envtest's convention), else
 * the binary that Go builds once from the module in `hyper/`: about five minutes, then kept in the cache.
 */
export async function findBinaries(
  env: NodeJS.ProcessEnv = process.env,
  log: (line: string) => void = () => {},
): Promise<Binaries | Unavailable> {
  if (env.KUBEBUILDER_ASSETS) return assets(path.resolve(env.KUBEBUILDER_ASSETS));
  const { folder, version } = await builtFolder(env);
  if (!(await isExecutable(path.join(folder, 'hyper')))) {
    if (!(await hasGo(env))) {
      return {
        unavailable:
          'there is neither Go to build a control plane with (https://go.dev/dl) nor a folder with ' +
          'etcd and kube-apiserver in KUBEBUILDER_ASSETS',
      };
    }
    log(
      `building Kubernetes ${version} with Go, once; it takes some minutes and 3 GiB of Go's caches`,
    );
    await build(folder, version);
    log(`built ${folder}`);
  }
  return { paths: await executables(folder), origin: `Kubernetes ${version} in ${folder}` };
}

async function assets(folder: string): Promise<Binaries | Unavailable> {
  const paths = await executables(folder);
  const missing = COMPONENTS.slice(0, 2).filter((name) => !paths.has(name));
  if (missing.length === 0) return { paths, origin: folder };
  return { unavailable: `KUBEBUILDER_ASSETS is ${folder}, which lacks ${missing.join(' and ')}` };
}

async function executables(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const name of [...COMPONENTS, ...NODE_COMPONENTS]) {
    const file = path.join(folder, name);
    if (await isExecutable(file)) found.set(name, file);
  }
  return found;
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** A changed pin or program has another folder, so that no stale binary is ever used. */
async function builtFolder(env: NodeJS.ProcessEnv): Promise<{ folder: string; version: string }> {
  const hash = createHash('sha256');
  for (const name of ['go.mod', 'go.sum', 'main.go']) {
    hash.update(await readFile(path.join(MODULE, name)));
  }
  const pins = await readFile(path.join(MODULE, 'go.mod'), 'utf8');
  const version = /k8s\.io\/kubernetes (?<version>v\S+)/.exec(pins)?.groups?.version;
  if (!version) throw new Error(`${MODULE}/go.mod requires no k8s.io/kubernetes`);
  const folder = `${version}-${hash.digest('hex').slice(0, 12)}`;
  return { folder: path.join(cacheFolder(env), 'hyper', folder), version };
}

async function hasGo(env: NodeJS.ProcessEnv): Promise<boolean> {
  return run('go', ['version'], { env }).then(
    ({ code }) => code === 0,
    () => false,
  );
}

async function build(folder: string, version: string): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(`${folder}.`);
  try {
    await compile(path.join(unfinished, 'hyper'), version);
    for (const name of [...COMPONENTS, ...NODE_COMPONENTS]) {
      await symlink('hyper', path.join(unfinished, name));
    }
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function compile(output: string, version: string): Promise<void> {
  const [major, minor] = version.slice(1).split('.');
  const values = Object.entries({ gitVersion: version, gitMajor: major, gitMinor: minor });
  const stamps = PACKAGES_WITH_VERSION.flatMap((name) =>
    values.map(([key, value]) => `-X ${name}.${key}=${value}`),
  );
  const flags = ['-trimpath', '-buildvcs=false', '-tags=notest,grpcnotrace'];
  const linker = `-ldflags=-s -w ${stamps.join(' ')}`;
  const { code, stderr } = await run('go', ['build', ...flags, linker, '-o', output, '.'], {
    cwd: MODULE,
    env: { CGO_ENABLED: '0', GOWORK: 'off' },
    timeout: 30 * 60_000,
  });
  if (code !== 0) throw new Error(`go build in ${MODULE} ended with code ${code}:\n${stderr}`);
}

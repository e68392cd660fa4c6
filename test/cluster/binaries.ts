import { access, constants, symlink } from 'node:fs/promises';
import path from 'node:path';
import { builtFolder, type GoPrograms, goBuild, hasGo, makeFolder } from '../support/go-build.ts';

/** The servers of a control plane. The first two alone already answer every write. */
export const COMPONENTS = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
] as const;
export type Component = (typeof COMPONENTS)[number];

/** What a node runs; the built binary has them, the folders of envtest do not. */
export const NODE_COMPONENTS = ['kubelet', 'kube-proxy'] as const;

export type Binaries = {
  /** Paths of the components that there are; etcd and kube-apiserver always are. */
  readonly paths: ReadonlyMap<string, string>;
  /** For people: what they are and where they come from. */
  readonly origin: string;
};

/** Why there is no control plane on this machine, and what to do about it. */
export type Unavailable = { readonly unavailable: string };

const HYPER: GoPrograms = {
  module: path.join(import.meta.dirname, 'hyper'),
  sources: ['go.mod', 'go.sum', 'main.go'],
  pinned: 'k8s.io/kubernetes',
  name: 'hyper',
};
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
  const { folder, version } = await builtFolder(HYPER, env);
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
    await makeFolder(folder, (unfinished) => build(unfinished, version));
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

export async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function build(unfinished: string, version: string): Promise<void> {
  const [major, minor] = version.slice(1).split('.');
  const values = Object.entries({ gitVersion: version, gitMajor: major, gitMinor: minor });
  const stamps = PACKAGES_WITH_VERSION.flatMap((name) =>
    values.map(([key, value]) => `-X ${name}.${key}=${value}`),
  );
  const linker = `-ldflags=-s -w ${stamps.join(' ')}`;
  const output = path.join(unfinished, 'hyper');
  await goBuild(HYPER.module, ['-tags=notest,grpcnotrace', linker, '-o', output, '.']);
  for (const name of [...COMPONENTS, ...NODE_COMPONENTS]) {
    await symlink('hyper', path.join(unfinished, name));
  }
}

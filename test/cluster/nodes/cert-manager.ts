import { copyFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { goBuild } from '../../support/go-build.ts';
import { run } from '../../support/run.ts';
import type { Api } from '../api.ts';
import type { ControlPlane } from '../control-plane.ts';
import { ServerProcess } from '../processes.ts';
import { until } from '../until.ts';
import { findingOf } from './built-programs.ts';

const MODULE = path.join(import.meta.dirname, 'cert-manager');
const PINNED = 'github.com/cert-manager/cert-manager';
const NAME = 'cert-manager';
const KINDS = /^cert-manager\.io_.*\.yaml$/;
const CERTIFICATES = '/apis/cert-manager.io/v1/certificates';

/** The folder with cert-manager and the definitions of its kinds. */
export const findCertManager = findingOf({
  module: MODULE,
  sources: ['go.mod', 'go.sum', 'main.go'],
  pinned: PINNED,
  name: NAME,
  title: NAME,
  executable: NAME,
  build: async (folder) => {
    await goBuild(MODULE, ['-ldflags=-s -w', '-o', path.join(folder, NAME), '.']);
    const args = ['list', '-m', '-f', '{{.Dir}}', PINNED];
    const { stdout } = await run('go', args, { cwd: MODULE, env: { GOWORK: 'off' } });
    const crds = path.join(stdout.trim(), 'deploy', 'crds');
    for (const name of (await readdir(crds)).filter((file) => KINDS.test(file))) {
      await copyFile(path.join(crds, name), path.join(folder, name));
    }
  },
});

/** Teaches a control plane cert-manager's kinds and runs cert-manager beside it, as an administrator, until that stops. */
export async function startCertManager(controlPlane: ControlPlane): Promise<ServerProcess> {
  const tools = await findCertManager();
  if (tools === undefined) throw new Error('There is no Go to build cert-manager with');
  const { folder, kubeconfig } = controlPlane;
  // Too big for the annotation that a client-side apply leaves.
  const args = ['apply', '--server-side', '--filename', tools];
  const { code, stderr } = await controlPlane.kubectl(args);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
  await until('the kinds of cert-manager', async () => {
    return (await controlPlane.api.request('GET', CERTIFICATES)).status === 200;
  });
  const command = path.join(tools, NAME);
  const more = [`-kubeconfig=${kubeconfig}`];
  return ServerProcess.start({ name: NAME, command, args: more, folder, detached: false });
}

/** Has a Certificate issued anew, as `cmctl renew` does. */
export async function renew(api: Api, namespace: string, name: string): Promise<void> {
  const path = `/apis/cert-manager.io/v1/namespaces/${namespace}/certificates/${name}`;
  const { status } = await api.expect<{ status: { conditions: { type: string }[] } }>('GET', path);
  const issuing = {
    type: 'Issuing',
    status: 'True',
    reason: 'ManuallyTriggered',
    message: 'A test wants a new one',
    lastTransitionTime: `${new Date().toISOString().slice(0, 19)}Z`,
  };
  const conditions = status.conditions.filter(({ type }) => type !== issuing.type);
  const body = { status: { conditions: [...conditions, issuing] } };
  await api.expect('PATCH', `${path}/status`, { body });
}

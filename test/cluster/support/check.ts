import path from 'node:path';
import { run } from '../../support/run.ts';
import type { ControlPlane } from '../control-plane.ts';

const MAIN = path.join(import.meta.dirname, '../../../webhook/cli/main.ts');

export interface Found {
  readonly code: string;
  readonly level: string;
  readonly object: { readonly kind: string; readonly namespace?: string; readonly name?: string };
  readonly message: string;
  readonly lines?: readonly string[];
}

/** What `zonekeeper check -o json` prints, as its page says. */
export interface Report {
  readonly version: 1;
  readonly webhook?: string;
  readonly summary: { readonly errors: number; readonly warnings: number; readonly sets: number };
  readonly findings: readonly Found[];
  readonly sets: readonly { readonly name: string; readonly [field: string]: unknown }[];
}

/** Runs `zonekeeper check` as a process of its own, with the rights of an administrator unless another kubeconfig is named. */
export async function check(
  { kubeconfig }: Pick<ControlPlane, 'kubeconfig'>,
  ...args: string[]
): Promise<{ code: number; report: Report }> {
  const all = [MAIN, 'check', `--kubeconfig=${kubeconfig}`, '-o', 'json', ...args];
  const { code, stdout, stderr } = await run(process.execPath, all);
  if (code === 2) throw new Error(stderr);
  return { code, report: JSON.parse(stdout) };
}

/** The same as a table. */
export function table({ kubeconfig }: ControlPlane, ...args: string[]) {
  return run(process.execPath, [MAIN, 'check', `--kubeconfig=${kubeconfig}`, ...args]);
}

export function errorsOf({ findings }: Report): string[] {
  return findings.filter(({ level }) => level === 'error').map(({ code }) => code);
}

/** What was found of one object. */
export function about({ findings }: Report, name: string): Found[] {
  return findings.filter(({ object }) => object.name === name);
}

export function codesOf(report: Report, name: string): string[] {
  return about(report, name).map(({ code }) => code);
}

/** What is told of one set, whatever is found of it. */
export function setOf({ sets }: Report, name: string): Report['sets'][number] | undefined {
  return sets.find((set) => set.name === name);
}

/** The CSI drivers that AKS has. */
export async function createDrivers({ api }: ControlPlane): Promise<void> {
  const secretsStore = {
    attachRequired: false,
    podInfoOnMount: true,
    requiresRepublish: true,
    tokenRequests: [{ audience: 'api://AzureADTokenExchange' }],
    volumeLifecycleModes: ['Ephemeral'],
  };
  for (const [name, spec] of [
    ['disk.csi.azure.com', { attachRequired: true }],
    ['secrets-store.csi.k8s.io', secretsStore],
  ]) {
    const body = { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name }, spec };
    await api.expect('POST', '/apis/storage.k8s.io/v1/csidrivers', { body });
  }
}

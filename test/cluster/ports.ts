import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePorts } from '../support/free-ports.ts';

const NAMES = [
  'etcd',
  'etcd-peer',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
] as const;

/** The TCP ports of 127.0.0.1 that the servers of one control plane listen on. */
export type Ports = Record<(typeof NAMES)[number], number>;

/** The ports that the folder's servers had before, else free ones, which are kept there. */
export async function portsOf(folder: string): Promise<Ports> {
  const file = path.join(folder, 'ports.json');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept) return JSON.parse(kept) as Ports;
  const numbers = await freePorts(NAMES.length);
  const ports = Object.fromEntries(NAMES.map((name, index) => [name, numbers[index]])) as Ports;
  await writeFile(file, JSON.stringify(ports));
  return ports;
}

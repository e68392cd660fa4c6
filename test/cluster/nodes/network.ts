import { writeFile } from 'node:fs/promises';
import { run } from '../../support/run.ts';
import { SERVICE_RANGE } from '../flags.ts';

/** The API server's address for Pods. */
export const CONTROL_PLANE_ADDRESS = '10.77.0.1';

/** The address of the node with that number, 1 to 9. */
export const nodeAddress = (number: number): string => `10.77.0.1${number}`;

/** From this range all Pods get their addresses, each node's from a part of it. */
export const POD_RANGE = '10.78.0.0/16';
export const podRange = (number: number): string => `10.78.${number}.0/24`;

/**
 * Prepares the sandbox's network, in which there is nothing yet. All nodes are in it, each with an address of its own on the
 * loopback device and a bridge for its Pods; nothing leads out.
 */
export async function setUpNetwork(nodes: number): Promise<void> {
  await ip('link', 'set', 'lo', 'up');
  const numbers = Array.from({ length: nodes }, (_, index) => index + 1);
  for (const address of [CONTROL_PLANE_ADDRESS, ...numbers.map(nodeAddress)]) {
    await ip('address', 'replace', `${address}/32`, 'dev', 'lo');
  }
  // Some route to the Services must exist for the packets that kube-proxy then redirects.
  await ip('route', 'replace', SERVICE_RANGE, 'dev', 'lo');
  await writeFile('/proc/sys/net/ipv4/ip_forward', '1');
}

async function ip(...args: string[]): Promise<void> {
  const { code, stderr } = await run('ip', args);
  if (code !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`);
}

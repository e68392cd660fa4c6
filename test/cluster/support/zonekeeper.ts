import type { Test } from 'tap';
import { COMPONENTS } from '../binaries.ts';
import { ControlPlane } from '../control-plane.ts';
import { Installation, type Values } from './installation.ts';

/**
 * A control plane for all tests of a file, stopped after them. Where there are no controllers, nothing tells when a
 * StatefulSet has rolled: the file is skipped then, and the process ends.
 */
export async function startCluster(t: Test): Promise<ControlPlane> {
  const cluster = await ControlPlane.start();
  const lacking = cluster.lacks(...COMPONENTS);
  if (lacking) {
    await cluster.stop();
    t.plan(0, lacking);
    process.exit();
  }
  t.teardown(() => cluster.stop());
  return cluster;
}

/** zonekeeper in that control plane, stopped after all tests and before it. */
export async function installZonekeeper(
  t: Test,
  cluster: ControlPlane,
  values: Values = {},
): Promise<Installation> {
  const zonekeeper = await Installation.create(cluster, values);
  t.teardown(() => zonekeeper.stop());
  return zonekeeper;
}

import { ControlPlane } from '../../test/cluster/control-plane.ts';
import { startKubelets } from '../../test/cluster/kubelets.ts';
import { createNodes } from '../../test/cluster/nodes.ts';
import { startProvisioner } from '../../test/cluster/provisioner.ts';
import { Installation } from '../../test/cluster/support/installation.ts';
import type { Outcome } from '../../test/support/run.ts';
import { EXAMPLE } from './example.ts';
import { heading, paint } from './paint.ts';

type Print = (text: string) => void;

const ZONES = ['westeurope-1', 'westeurope-2', 'westeurope-3'];
const SET = 'orders-db';

/**
 * The same on a real control plane: chart by helm, example by kubectl. Nodes, disks and running pods are stand-ins, so the
 * scheduler decides for real and nothing needs a container runtime.
 */
export async function clusterDemo(print: Print): Promise<void> {
  print(heading('1. A Kubernetes control plane on loopback'));
  await using cluster = await ControlPlane.start();
  await createNodes(cluster.api, ZONES);
  await using _provisioner = startProvisioner(cluster.api);
  await using _kubelets = startKubelets(cluster.api);
  print(await say(cluster.kubectl(['get', 'nodes', '-L', 'topology.kubernetes.io/zone'])));

  print(heading('2. helm install zonekeeper charts/zonekeeper'));
  await using _installed = await Installation.create(cluster);
  print(await say(cluster.kubectl(['get', 'storageclasses'])));

  print(heading(`3. kubectl apply -f ${EXAMPLE}`));
  print(await say(cluster.kubectl(['apply', '-f', EXAMPLE])));
  print(await stored(cluster));

  print(heading('4. Three pods, one a zone, each with a zone-redundant disk'));
  await say(cluster.kubectl(['rollout', 'status', `statefulset/${SET}`, '--timeout=120s']));
  print(await say(cluster.kubectl(['get', 'pods', '-o', PODS])));
  print(await say(cluster.kubectl(['get', 'pvc', '-o', CLAIMS])));

  print(heading('5. The same manifest again, by kubectl apply and by kubectl replace'));
  print(await say(cluster.kubectl(['apply', '-f', EXAMPLE])));
  print(await say(cluster.kubectl(['replace', '-f', EXAMPLE])));
  const revisions = await say(cluster.kubectl(['get', 'controllerrevisions', '-o', 'name']));
  print(
    `${revisions.split('\n').length} ControllerRevision: ${paint('green', 'nothing restarted')}`,
  );
}

const PODS = 'custom-columns=POD:.metadata.name,NODE:.spec.nodeName,PHASE:.status.phase';
const CLAIMS =
  'custom-columns=CLAIM:.metadata.name,CLASS:.spec.storageClassName,PHASE:.status.phase';
const FIELDS: Readonly<Record<string, string>> = {
  'claim template': '{.spec.volumeClaimTemplates[*].spec.storageClassName}',
  volumes: '{.spec.template.spec.volumes[*].name}',
  tolerations: '{.spec.template.spec.tolerations}',
  marker: String.raw`{.metadata.annotations.zonekeeper\.io/injected}`,
};

/** The parts of the stored object that the webhook put in. */
async function stored(cluster: ControlPlane): Promise<string> {
  const lines: string[] = [];
  for (const [name, path] of Object.entries(FIELDS)) {
    const value = await say(cluster.kubectl(['get', 'sts', SET, '-o', `jsonpath=${path}`]));
    lines.push(`${name}: ${paint('green', value)}`);
  }
  return lines.join('\n');
}

/** What a client said, its warnings too; rejects with its words if it failed. */
async function say(running: Promise<Outcome>): Promise<string> {
  const { code, stdout, stderr } = await running;
  if (code !== 0) throw new Error(stderr);
  return (stderr + stdout).trim();
}

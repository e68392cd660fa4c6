import { FLEXVOLUME_WARNINGS } from './flexvolume-warnings.ts';
import type { Message } from './message.ts';
import { SECRET_WARNINGS } from './secret-warnings.ts';
import { SIDECAR_WARNINGS } from './sidecar-warnings.ts';

/** Messages that let a request pass and tell what will not work as its author may think. */
export const WARNINGS = {
  ZK201: {
    why: 'A misspelt key would otherwise do nothing in silence.',
    found: 'annotation {key} is unknown',
    expected: 'a documented key',
    mend: '{hint}',
  },
  ZK202: {
    why: 'Without the class the claims stay Pending, and so do the pods.',
    found: 'StorageClass "{class}" does not exist',
    expected: 'a zone-redundant class',
    mend: 'create it, or name another in zonekeeper.io/storage-class',
  },
  ZK203: {
    why: 'A class is known by its SKU, not by its name: the classes that AKS ships are often locally redundant (Azure/AKS#5316), and such a disk is lost with its zone.',
    found: 'StorageClass "{class}" has {sku}',
    expected: 'Premium_ZRS or StandardSSD_ZRS on an Azure Disk driver',
    mend: 'use a zone-redundant class for claim template "{claim}"',
  },
  ZK204: {
    why: 'The driver refuses the class at the first claim, and the pods stay Pending.',
    found: 'StorageClass "{class}" sets {parameter}',
    expected: '{expected}',
    mend: 'correct the class or name another in zonekeeper.io/storage-class',
  },
  ZK205: {
    why: 'An Azure Disk is attached to one node; ReadWriteMany works for raw block volumes on shared disks only.',
    found: 'claim template "{claim}" asks for {mode} on an Azure Disk',
    expected: 'ReadWriteOnce, or volumeMode Block on a class with maxShares of 2 or more',
    mend: 'change the access mode',
  },
  ZK206: {
    why: 'Azure bounds the number of shares of a disk by its size.',
    found: 'claim template "{claim}" asks for {size} with maxShares {shares}',
    expected: 'at most {limit} shares at that size',
    mend: 'ask for a larger disk or a class with fewer shares',
  },
  ZK207: {
    why: 'A claim that exists is used as it is, whatever the template says: the old disk stays, in its old zone.',
    found: 'claim {claim} exists with class "{found}"',
    expected: '"{class}"',
    mend: 'move its data to a new claim (snapshot or clone) to make it zone-redundant',
  },
  ZK208: {
    why: 'Pods whose scheduler does not run stay Pending without any event (kubernetes/kubernetes#116982).',
    found: 'no Lease {lease} shows that scheduler "{scheduler}" runs',
    expected: 'a Lease it renews',
    mend: 'install it, correct its Lease in the profile, or set zonekeeper.io/scheduler-name to "none"',
  },
  ZK209: {
    why: 'A scheduler that no longer renews its Lease places no pods, and they stay Pending without any event.',
    found: 'scheduler "{scheduler}" last renewed Lease {lease} {age} s ago',
    expected: 'at most {limit} s',
    mend: 'look after the scheduler, or set zonekeeper.io/scheduler-name to "none"',
  },
  ZK210: {
    why: 'A pod that may run in one zone only cannot follow its zone-redundant disk into another.',
    found: 'the template requires {what}',
    expected: 'pods that may run in several zones',
    mend: 'remove the requirement, or accept that the loss of that zone stops the set',
  },
  ZK211: {
    why: 'A proximity placement group lies in one zone, so it defeats zone redundancy (and shared disks need all their nodes in one group).',
    found: 'proximity placement group "{group}" binds the pods to one zone',
    expected: 'low latency or survival of a zone, not both',
    mend: 'remove the requirement of that group, or accept that the loss of its zone stops the set',
  },
  ZK212: {
    why: 'What a template chooses itself is never replaced.',
    found: 'the template chooses scheduler "{found}"',
    expected: '"{wanted}" as zonekeeper.io/scheduler-name asks',
    mend: 'remove schedulerName from the template, or the annotation',
  },
  ZK213: {
    why: 'What a claim template chooses itself is never replaced.',
    found: 'no claim template leaves its class open',
    expected: 'one without, for zonekeeper.io/storage-class',
    mend: 'remove storageClassName from a claim template, or the annotation',
  },
  ZK214: {
    why: 'What a template tolerates itself is never replaced.',
    found: 'the template already tolerates {key}',
    expected: 'no toleration of its own, for zonekeeper.io/fast-failover',
    mend: 'remove that toleration, or the annotation',
  },
  ZK215: {
    why: 'What a template requires itself is never replaced, and two groups at once match no node.',
    found: 'the template already requires node label {key}',
    expected: 'no such requirement, for zonekeeper.io/proximity-placement-group',
    mend: 'remove that requirement, or the annotation',
  },
  ZK216: {
    why: 'Claim templates cannot be changed after a set is created, so zone redundancy cannot be added to it.',
    found: 'claim template "{claim}" has {found} and can no longer change',
    expected: 'class "{class}"',
    mend: 'recreate the set: kubectl delete --cascade=orphan, then apply; existing claims keep their disks',
  },
  ZK217: {
    why: 'The set was written while zonekeeper did not see it; injecting now would restart its pods for an unrelated change.',
    found: 'the set is opted in but was never injected',
    expected: 'an injected template',
    mend: 'run kubectl rollout restart when its pods may restart',
  },
  ZK218: {
    why: 'zonekeeper finds out by its marker what it injected; the marker is never edited by hand.',
    found: 'annotation zonekeeper.io/injected was not as zonekeeper wrote it',
    expected: 'it to be left alone',
    mend: 'nothing to do: it was made anew from the object',
  },
  ZK219: {
    why: 'The annotations were accepted before and have not changed, so the write is accepted again and what was injected stays.',
    found: 'refused if it were written today ({code}): {found}',
    expected: '{expected}',
    mend: '{mend}',
  },
  ZK220: {
    why: 'An operator that compares the set with its own idea of it and writes it back would fight with the injection for ever.',
    found: 'the set is controlled by {kind} "{name}"',
    expected: 'a set that its owner does not rewrite',
    mend: 'watch for repeated updates; if they come, set class and scheduler through the operator instead',
  },
  ZK221: {
    why: 'Without the annotation `inject` the others do nothing.',
    found: 'the set has zonekeeper.io annotations but no zonekeeper.io/inject',
    expected: 'zonekeeper.io/inject: "true"',
    mend: 'add it, or remove the others',
  },
  ZK222: {
    why: 'The webhook relies on matchConditions, which are stable since Kubernetes 1.30.',
    found: 'the cluster runs Kubernetes {version}',
    expected: '1.30 or later',
    mend: 'upgrade the cluster before you install zonekeeper',
  },
  ZK223: {
    why: 'Without the class the secrets cannot be mounted, and the pods wait in ContainerCreating.',
    found: 'SecretProviderClass "{class}" does not exist in namespace "{namespace}"',
    expected: 'it to be there before the pods are made',
    mend: 'create it, or correct zonekeeper.io/secret-provider-class',
  },
  ZK224: {
    why: 'Undoing a rollout brings back what was injected for the annotations of that time; those of today decide.',
    found: 'the template has volume "{volume}" of an earlier injection',
    expected: 'what the annotations ask for today',
    mend: 'nothing to do: it was taken out; rename the volume if it is your own',
  },
  ...SECRET_WARNINGS,
  ...SIDECAR_WARNINGS,
  ...FLEXVOLUME_WARNINGS,
} as const satisfies Record<string, Message>;

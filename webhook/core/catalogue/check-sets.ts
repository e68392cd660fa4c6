import type { Message } from './message.ts';

/** What `zonekeeper check` finds of stored sets and of manifests, besides what the webhook itself says of them. */
export const CHECK_SETS = {
  ZK735: {
    why: 'The webhook is never called for a namespace that it spares.',
    found: 'the set is opted in, but the webhook spares namespace "{namespace}"',
    expected: 'a namespace that the namespaceSelector selects',
    mend: 'move the set, or change webhook.excludedNamespaces or the labels of the namespace',
  },
  ZK736: {
    why: 'An apply of a manifest that has not changed should change nothing.',
    found: 'applying the last applied manifest again would restart the pods: {why}',
    expected: 'manifest and stored template to agree',
    mend: 'see it by kubectl diff; write what is meant into the manifest',
  },
  ZK737: {
    why: 'A manifest that is refused today cannot be applied in an emergency.',
    found: 'applying the last applied manifest again would be refused ({code}): {found}',
    expected: '{expected}',
    mend: '{mend}',
  },
  ZK738: {
    why: 'A disk in one zone is lost with it, whatever the claim template says today.',
    found: 'claim {claim} has its disk in {where}{more}',
    expected: 'a zone-redundant disk',
    mend: 'move its data to a new claim (snapshot or clone), or change the SKU of the disk',
  },
  ZK739: {
    why: 'Pods of a ServiceAccount that does not exist are never created.',
    found: 'ServiceAccount "{account}" does not exist in namespace "{namespace}"',
    expected: 'it, for the pods to be created',
    mend: 'create it, or correct serviceAccountName',
  },
  ZK740: {
    why: 'Workload identity in the pods takes the identity from the ServiceAccount; the CSI driver alone takes it from the class.',
    found: 'ServiceAccount "{account}" has {found} azure.workload.identity/client-id',
    expected: 'the clientID of SecretProviderClass "{class}"',
    mend: 'annotate it, unless nothing but the CSI driver reads Key Vault',
  },
  ZK742: {
    why: 'The webhook puts the class back at each apply; once it is gone the API server sees a change of an immutable claim template.',
    found:
      'without zonekeeper the API server refuses the last applied manifest: it names no class in {claims}',
    expected: 'the class that is stored',
    mend: 'add the lines to the manifest and apply it',
  },
  ZK743: {
    why: 'A set that was not applied by kubectl does not tell what its manifest says.',
    found: 'zonekeeper gave the class to {claims}; the manifest is not known',
    expected: 'the manifest to name it before you uninstall',
    mend: 'add the lines to the manifest, chart or kustomization unless they are there',
  },
  ZK744: {
    why: 'A committed injection is the truth for the webhook, so it does not follow annotations and profiles by itself.',
    found: 'what was injected into the manifest is not what inject would put in today',
    expected: 'both to agree',
    mend: 'run zonekeeper inject on it again, and commit the result',
  },
} as const satisfies Record<string, Message>;

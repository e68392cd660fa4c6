import type { Message } from './message.ts';

/** What `zonekeeper check` finds of an installation, the platform and the profiles. */
export const CHECK = {
  ZK701: {
    why: 'What the account may not look at stays unknown, and a check that passed it over in silence would promise too much.',
    found: 'no right to {what}',
    expected: 'it, to judge {lost}',
    mend: 'grant the right, or run the check with another account',
  },
  ZK702: {
    why: 'What could not be read stays unknown.',
    found: 'cannot {what}: {detail}',
    expected: 'an answer, to judge {lost}',
    mend: 'run the check again, and look after the API server if it stays so',
  },
  ZK703: {
    why: 'Without an API server there is nothing to check.',
    found: 'no API server can be asked: {detail}',
    expected: 'a kubeconfig whose context names one that answers',
    mend: 'correct --kubeconfig, KUBECONFIG or --context; kubectl version shows whether it answers',
  },
  ZK704: {
    why: 'Which classes and schedulers count depends on the profiles.',
    found: 'the configuration of the webhook is not known: {detail}',
    expected: 'its ConfigMap',
    mend: 'name it by --config; the check went on with the shipped one',
  },
  ZK710: {
    why: 'Without the webhook annotations do nothing.',
    found: 'no MutatingWebhookConfiguration has a webhook "{webhook}"',
    expected: 'one, of the chart',
    mend: 'install the chart',
  },
  ZK711: {
    why: 'Two installations with other profiles would fight over each set.',
    found: 'MutatingWebhookConfigurations {names} all have a webhook of zonekeeper',
    expected: 'one of them',
    mend: 'uninstall all but one release',
  },
  ZK712: {
    why: 'A set that is created while the webhook is away gets the cluster’s default class for ever, because claim templates cannot be changed.',
    found: 'failurePolicy is {policy}',
    expected: 'Fail',
    mend: 'set webhook.failurePolicy to Fail in the chart’s values',
  },
  ZK713: {
    why: 'Other conditions make the API server call for more sets than it should, or for fewer.',
    found: 'matchCondition "{name}" is {state}',
    expected: 'the conditions that the chart ships',
    mend: 'run helm upgrade; with a conflict, see who edited the object',
  },
  ZK714: {
    why: 'What no rule names never reaches the webhook.',
    found: 'no rule covers {operation} of statefulsets in apps/v1',
    expected: 'CREATE and UPDATE',
    mend: 'run helm upgrade; with a conflict, see who edited the object',
  },
  ZK715: {
    why: 'The API server verifies the webhook by its caBundle alone.',
    found: 'the caBundle holds no certificate',
    expected: 'the CA of the webhook',
    mend: 'see whether a replica runs: it writes the caBundle; its log tells what is in the way',
  },
  ZK716: {
    why: 'After its end no call succeeds; zonekeeper replaces its own CA long before.',
    found: '{what} ends {end}',
    expected: 'at least {days} days',
    mend: 'look into the log of the webhook, or renew it if certs.mode is certManager or secret',
  },
  ZK717: {
    why: 'The API server refuses a certificate that its caBundle does not verify.',
    found: 'the certificate that {url} shows is not verified by the caBundle',
    expected: 'one that is signed by a CA in it',
    mend: 'see who else writes the caBundle; the webhook’s log tells',
  },
  ZK718: {
    why: 'Without a replica that is ready no annotated set can be created or changed.',
    found: '{ready} of {wanted} replicas are ready',
    expected: 'all of them',
    mend: 'kubectl describe the Deployment and its pods',
  },
  ZK719: {
    why: 'Only a call through the API server proves that it reaches the webhook and trusts it.',
    found: 'the API server cannot call the webhook: {message}',
    expected: 'an answer to a dry run',
    mend: 'see whether replicas are ready and the API server may reach them (network policies, konnectivity)',
  },
  ZK720: {
    why: 'A set that is admitted without injection shows that the API server passes the webhook by.',
    found: 'a dry run of an annotated set was accepted without injection',
    expected: 'the API server to call the webhook',
    mend: 'see failurePolicy, matchConditions and selectors of the MutatingWebhookConfiguration',
  },
  ZK721: {
    why: 'What is injected should be what the profile says.',
    found: 'a dry run was given {field} "{found}"',
    expected: '"{wanted}" of profile "default"',
    mend: 'see which other webhook changes sets; a configuration takes a minute to reach the pods',
  },
  ZK722: {
    why: 'A dry run that something else refuses proves nothing about the webhook.',
    found:
      'a dry run of an annotated set in namespace "{namespace}" was answered {status}: {message}',
    expected: 'it to be admitted',
    mend: 'name a namespace in which you may create StatefulSets by -n',
  },
  ZK725: {
    why: 'Without the driver the pods wait in ContainerCreating, or their claims stay Pending.',
    found: 'CSIDriver "{driver}" is not installed',
    expected: 'it, for {what}',
    mend: '{hint}',
  },
  ZK726: {
    why: 'Since driver 1.6 the kubelet rotates secrets, if the CSIDriver says requiresRepublish; before, a flag of the driver does.',
    found: 'CSIDriver "{driver}" does not set requiresRepublish',
    expected: 'it, for secrets to follow Key Vault',
    mend: 'enable the rotation (az aks addon update --enable-secret-rotation); with a driver before 1.6 see its flag',
  },
  ZK727: {
    why: 'The provider gets a token for workload identity only if the CSIDriver asks for one.',
    found: 'CSIDriver "{driver}" requests no token for {audience}',
    expected: 'that audience in tokenRequests',
    mend: 'enable workload identity for the driver, or use a managed identity of the nodes',
  },
  ZK728: {
    why: 'Without the kind no SecretProviderClass can be created.',
    found: 'the API server does not know SecretProviderClass',
    expected: 'secrets-store.csi.x-k8s.io/v1',
    mend: 'enable the add-on azure-keyvault-secrets-provider, or install the Secrets Store CSI driver',
  },
  ZK730: {
    why: 'Claims of a class that does not exist stay Pending, and so do the pods.',
    found: 'profile "{profile}" names StorageClass "{class}", which does not exist',
    expected: 'a zone-redundant class',
    mend: 'create it, correct the profile, or remove the profile if nobody is to use it',
  },
  ZK731: {
    why: 'A class is known by its SKU, not by its name; a locally redundant disk is lost with its zone.',
    found: 'StorageClass "{class}" of profile "{profile}" has {sku}',
    expected: 'Premium_ZRS or StandardSSD_ZRS on an Azure Disk driver',
    mend: 'name a zone-redundant class in the profile',
  },
  ZK732: {
    why: 'The driver refuses the class at the first claim, and the pods stay Pending.',
    found: 'StorageClass "{class}" of profile "{profile}" sets {parameter}',
    expected: '{expected}',
    mend: 'replace the class: parameters cannot be changed',
  },
} as const satisfies Record<string, Message>;

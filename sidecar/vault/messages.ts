/**
 * What verification says, by code: why it is said, what was found, what was expected and how to mend it. `{name}` is a
 * value of the case: a name from Key Vault or of this pod, never the content of an object, a token or an answer's text.
 */
export const VAULT_MESSAGES = {
  ZK850: {
    why: 'The file was compared with Key Vault and is up to date.',
    found: 'the file holds what {object} holds',
    expected: 'the two to be equal',
    mend: 'nothing to do',
  },
  ZK851: {
    why: 'Key Vault has a newer value than the mount. The driver takes a minute or two to bring it; longer means that rotation is off or fails, of which the driver tells no pod.',
    found: 'the file does not hold what {object} holds now',
    expected: 'the driver to bring it in a few minutes',
    mend: 'if it stays so, enable rotation in the Secrets Store CSI driver, or delete the pod to mount anew',
  },
  ZK852: {
    why: 'Key Vault hands out no disabled object. The mount keeps its last value, but a pod that starts cannot mount it.',
    found: '{object} is disabled: the next pod start will fail',
    expected: 'it enabled while pods mount it',
    mend: 'enable it or set a new version',
  },
  ZK853: {
    why: 'The mount keeps its last value of what was deleted, but a pod that starts cannot mount it.',
    found: '{object} is not in the vault any more: the next pod start will fail',
    expected: 'it there while pods mount it',
    mend: 'recover it, or mount another object',
  },
  ZK854: {
    why: 'An expiry date is a note for its readers: Key Vault goes on handing out what has expired, so pods go on starting, with a value that whoever checks it may refuse.',
    found: '{object} expired on {when}; Key Vault still hands it out and pods still start',
    expected: 'a version within its dates',
    mend: 'set a new version',
  },
  ZK855: {
    why: 'The provider decodes what objectEncoding says and fails the mount if it cannot.',
    found: '{object} is not valid {encoding}: the next pod start will fail',
    expected: 'what objectEncoding says',
    mend: 'set a value in that encoding, or change objectEncoding',
  },
  ZK856: {
    why: 'Comparing takes no more than reading the object, which the identity of the pod may not do. The mount may use another identity.',
    found: 'identity {client} may not get {object}',
    expected: 'role "{role}", or "{permission}" in the access policy',
    mend: 'grant it, or set zonekeeper.io/verify to "false"',
  },
  ZK857: {
    why: 'The driver asks from the network of the node, the sidecar from that of the pod; a vault may admit only the first.',
    found: 'vault {vault} refuses the network of the pod ({reason})',
    expected: 'it to be reachable from pods too',
    mend: 'allow the subnet or a private endpoint, or set zonekeeper.io/verify to "false"',
  },
  ZK858: {
    why: 'Whether the mount is up to date cannot be told while nobody answers; it may well be.',
    found: '{host} cannot be reached ({failure})',
    expected: 'an answer over HTTPS from the network of the pod',
    mend: 'check DNS, network policies, firewall and proxy',
  },
  ZK859: {
    why: 'Without a trusted certificate anybody could be answering, so nothing is sent.',
    found: '{host} does not show a certificate that is trusted for it ({failure})',
    expected: 'one of a public authority, or of one in NODE_EXTRA_CA_CERTS',
    mend: 'see who intercepts the connection',
  },
  ZK860: {
    why: 'A throttled service is left alone: the round ends, and the next one begins no sooner than it asks for.',
    found: '{host} asks for fewer requests (429)',
    expected: 'room for one request an object every five minutes or more',
    mend: 'nothing to do; a later round asks again',
  },
  ZK861: {
    why: 'Microsoft Entra ID gives the pod no token for its service account, most often because the federated credential is missing or names another one.',
    found: 'Microsoft Entra ID refuses identity {client} ({reason})',
    expected: 'a federated credential for the service account of the pod',
    mend: 'compare its issuer, subject and audience',
  },
  ZK862: {
    why: 'Verification uses the workload identity of the pod, which is put into it when it is created.',
    found: 'the pod has no usable workload identity: {detail}',
    expected: 'what label azure.workload.identity/use: "true" puts in',
    mend: 'label the pod template and annotate its service account, then restart',
  },
  ZK863: {
    why: 'A token for Key Vault is sent to nobody who asks for it in the name of another domain.',
    found: 'vault {vault} asks for a token that is not for its own domain',
    expected: 'a challenge of Key Vault',
    mend: 'check the name of the vault and who answers for it',
  },
  ZK864: {
    why: 'A vault takes tokens of its own tenant only.',
    found: 'vault {vault} does not take tokens of tenant {tenant}',
    expected: 'the identity to be of the tenant of the vault',
    mend: 'use an identity of that tenant, or set zonekeeper.io/verify to "false"',
  },
  ZK865: {
    why: 'The provider turns PKCS #12 into PEM. The two are compared by the certificate that the key belongs to, which must be found in both.',
    found: '{object} is PKCS #12, and it or the file does not tell its certificate',
    expected: 'key and certificate in both',
    mend: 'use content type PEM for the certificate, or objectFormat: pfx',
  },
  ZK866: {
    why: 'Only what is written to the file as it is, or by a known rule, can be compared.',
    found: '{object} is of a type that cannot be compared',
    expected: 'an RSA key, or an EC key on P-256, P-384 or P-521',
    mend: 'nothing to do for the mount as it is',
  },
  ZK867: {
    why: 'An answer that is none of Key Vault says nothing about the mount.',
    found: '{host} gives an unexpected answer ({reason})',
    expected: 'the object, or a refusal of Key Vault',
    mend: 'a later round asks again; if it stays so, see what stands between pod and vault',
  },
  ZK868: {
    why: 'Without the file there is nothing to compare, and Key Vault is not asked.',
    found: 'the mount does not hold the file of {object}',
    expected: 'the file',
    mend: 'see the state of the mount',
  },
  ZK869: {
    why: 'Rounds are at least five minutes apart and have a bounded number of requests.',
    found: '{object} was not asked for since the file changed',
    expected: 'a comparison in one of the next rounds',
    mend: 'nothing to do',
  },
} as const;

export type VaultCode = keyof typeof VAULT_MESSAGES;

type Placeholder<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** The values that the sentences of a code need. */
export type VaultValues<C extends VaultCode> = Readonly<
  Record<Placeholder<(typeof VAULT_MESSAGES)[C]['found' | 'expected' | 'mend']>, string>
>;

/** A code and, in plain words, what was found, what was expected and how to mend it. */
export interface VaultReason {
  readonly code: VaultCode;
  readonly reason: string;
}

/** The reason of that code; values are shortened to 100 characters and freed of control characters. */
export function vaultReason<C extends VaultCode>(code: C, values: VaultValues<C>): VaultReason {
  const { found, expected, mend } = VAULT_MESSAGES[code];
  const given: Readonly<Record<string, string>> = values;
  const fill = (sentence: string): string =>
    sentence.replace(/\{(\w+)\}/g, (_, name: string) => plain(given[name] ?? ''));
  return { code, reason: `${fill(found)}; expected ${fill(expected)}; ${fill(mend)}` };
}

function plain(value: string): string {
  const text = value.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ');
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`;
}

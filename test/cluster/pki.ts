import { generateKeyPair } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import forge from 'node-forge';

/** Who a certificate is for: the API server takes user and groups from subject name and organizations. */
type Identity = {
  readonly name: string;
  readonly group?: string;
  readonly addresses?: readonly string[];
  readonly hosts?: readonly string[];
};

const IDENTITIES = {
  apiserver: {
    name: 'kube-apiserver',
    addresses: ['127.0.0.1', '10.96.0.1'],
    hosts: [
      'localhost',
      'kubernetes',
      'kubernetes.default',
      'kubernetes.default.svc',
      'kubernetes.default.svc.cluster.local',
    ],
  },
  admin: { name: 'admin', group: 'system:masters' },
  'kube-controller-manager': { name: 'system:kube-controller-manager' },
  'kube-scheduler': { name: 'system:kube-scheduler' },
  'kube-proxy': { name: 'system:kube-proxy' },
  'front-proxy': { name: 'front-proxy' },
} satisfies Record<string, Identity>;

/** The folder `pki/` of a control plane: `ca.crt`, `NAME.crt` and `NAME.key` of each identity, `sa.key` and `sa.pub`. */
export type Pki = { file(name: string): string };

const FIVE_YEARS = 5 * 365 * 24 * 60 * 60 * 1000;
const newKeyPair = promisify(generateKeyPair);

type Keys = { readonly publicPem: string; readonly privatePem: string };

/**
 * The certificates that the folder holds already, else new ones, among them one for the kubelet of each of `nodes`.
 * About a second of work: RSA keys.
 */
export async function pkiOf(folder: string, nodes: readonly string[] = []): Promise<Pki> {
  const pki: Pki = { file: (name) => path.join(folder, name) };
  if (existsSync(pki.file('ca.crt'))) return pki;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // One key for all leaves: these identities protect nothing, and keys are what takes time.
  const [authority, leaf, serviceAccounts] = await Promise.all([newKeys(), newKeys(), newKeys()]);
  const issue = issuer(authority);
  const files: Record<string, string> = {
    'sa.pub': serviceAccounts.publicPem,
    'sa.key': serviceAccounts.privatePem,
  };
  const certificate = issue({ name: 'zonekeeper-test-ca' }, authority);
  for (const [name, identity] of Object.entries({ ...IDENTITIES, ...kubelets(nodes) })) {
    files[`${name}.crt`] = issue(identity, leaf);
    files[`${name}.key`] = leaf.privatePem;
  }
  files['ca.key'] = authority.privatePem;
  files['ca.crt'] = certificate; // Last: it says that the set is complete.
  for (const [name, pem] of Object.entries(files))
    await writeFile(pki.file(name), pem, { mode: 0o600 });
  return pki;
}

/** The Node authorizer goes by this name and group. */
function kubelets(nodes: readonly string[]): Record<string, Identity> {
  const entries = nodes.map((node) => {
    const identity = { name: `system:node:${node}`, group: 'system:nodes' };
    return [node, identity] as const;
  });
  return Object.fromEntries(entries);
}

async function newKeys(): Promise<Keys> {
  const { publicKey, privateKey } = await newKeyPair('rsa', { modulusLength: 2048 });
  return {
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Returns a function that signs certificates; the one for the authority's own keys is the authority. */
function issuer(authority: Keys): (identity: Identity, keys: Keys) => string {
  const signingKey = forge.pki.privateKeyFromPem(authority.privatePem);
  let issuerName: forge.pki.CertificateField[] | undefined;
  let serial = 0;
  return (identity, keys) => {
    const certificate = forge.pki.createCertificate();
    serial += 1;
    certificate.serialNumber = serial.toString(16).padStart(4, '0');
    certificate.publicKey = forge.pki.publicKeyFromPem(keys.publicPem);
    certificate.validity.notBefore = new Date(Date.now() - 60_000);
    certificate.validity.notAfter = new Date(Date.now() + FIVE_YEARS);
    const subject = subjectOf(identity);
    issuerName ??= subject;
    certificate.setSubject(subject);
    certificate.setIssuer(issuerName);
    certificate.setExtensions(
      keys === authority ? authorityExtensions() : leafExtensions(identity),
    );
    certificate.sign(signingKey, forge.md.sha256.create());
    return forge.pki.certificateToPem(certificate);
  };
}

function subjectOf({ name, group }: Identity): forge.pki.CertificateField[] {
  const commonName = { name: 'commonName', value: name };
  return group ? [{ name: 'organizationName', value: group }, commonName] : [commonName];
}

function authorityExtensions(): object[] {
  return [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ];
}

function leafExtensions({ addresses = [], hosts = [] }: Identity): object[] {
  const altNames = [
    ...addresses.map((ip) => ({ type: 7, ip })),
    ...hosts.map((value) => ({ type: 2, value })),
  ];
  return [
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
    ...(altNames.length > 0 ? [{ name: 'subjectAltName', altNames }] : []),
  ];
}

import { generateKeyPair, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { promisify } from 'node:util';
import type { pki } from 'node-forge';

/** A certificate and its private key (PKCS #8), both PEM. */
export interface KeyedCertificate {
  readonly cert: string;
  readonly key: string;
}

/** When a certificate is issued and for how long, and where the bytes of its serial number come from. */
export interface Issuance {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Milliseconds from `now` to the end of validity. */
  readonly lifetime: number;
  /** Cryptographically strong random bytes; default those of node:crypto. */
  readonly random?: (size: number) => Uint8Array;
}

/**
 * Validity begins that long before a certificate is issued, so that a clock which runs behind accepts it: what
 * kube-controller-manager does for the certificates that it signs (Kubernetes 1.36, pkg/controller/certificates/authority).
 */
export const BACKDATE = 5 * 60_000;

const generateKeys = promisify(generateKeyPair);

/** A new CA whose only use is to sign serving certificates; its name is unlike that of every other. */
export async function issueAuthority(issuance: Issuance): Promise<KeyedCertificate> {
  const serial = serialNumber(issuance);
  return issue(issuance, {
    serial,
    commonName: `zonekeeper-ca-${serial.slice(-12)}`,
    extensions: [
      { name: 'basicConstraints', critical: true, cA: true, pathLenConstraint: 0 },
      { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
    ],
  });
}

/** A serving certificate for these host names and IP addresses, signed by the CA. */
export async function issueLeaf(
  hosts: readonly string[],
  authority: KeyedCertificate,
  issuance: Issuance,
): Promise<KeyedCertificate> {
  return issue(issuance, {
    serial: serialNumber(issuance),
    commonName: 'zonekeeper',
    authority,
    extensions: [
      { name: 'basicConstraints', critical: true, cA: false },
      { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: hosts.map(altName) },
    ],
  });
}

interface Contents {
  readonly serial: string;
  readonly commonName: string;
  readonly extensions: readonly object[];
  /** Who signs; absent: the certificate signs itself. */
  readonly authority?: KeyedCertificate;
}

/**
 * node-forge is loaded here and not with the module: a replica that only reads what another one issued never pays for
 * it (9 MB).
 */
async function issue({ now, lifetime }: Issuance, contents: Contents): Promise<KeyedCertificate> {
  const { default: forge } = await import('node-forge');
  const keys = await generateKeys('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(keys.publicKey);
  certificate.serialNumber = contents.serial;
  certificate.validity = {
    notBefore: new Date(now - BACKDATE),
    notAfter: new Date(now + lifetime),
  };
  const { authority } = contents;
  const issuer = authority ? forge.pki.certificateFromPem(authority.cert) : certificate;
  certificate.setSubject([{ name: 'commonName', value: contents.commonName }]);
  certificate.setIssuer(issuer.subject.attributes);
  certificate.setExtensions([...contents.extensions, ...keyIdentifiers(issuer)]);
  const signed = () => forge.asn1.toDer(certificate.tbsCertificate).getBytes();
  const key = nativeKey(authority?.key ?? keys.privateKey, signed);
  certificate.sign(key as pki.rsa.PrivateKey, forge.md.sha256.create());
  return { cert: toPem(forge.pki.certificateToPem(certificate)), key: keys.privateKey };
}

/** They tell two CAs apart while both are trusted. */
function keyIdentifiers(issuer: pki.Certificate): object[] {
  return [
    { name: 'subjectKeyIdentifier' },
    {
      name: 'authorityKeyIdentifier',
      keyIdentifier: issuer.generateSubjectKeyIdentifier().getBytes(),
    },
  ];
}

/** 126 random bits in 16 bytes whose first is neither zero nor negative, so that DER needs neither more nor fewer. */
function serialNumber({ random = randomBytes }: Issuance): string {
  const bytes = Buffer.from(random(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

const DNS_NAME = 2;
const IP_ADDRESS = 7;

function altName(host: string): object {
  return isIP(host) ? { type: IP_ADDRESS, ip: host } : { type: DNS_NAME, value: host };
}

/**
 * A key (PEM) that signs what forge hands it as forge's own would, whose arithmetic in JavaScript costs tens of milliseconds.
 * Bytes are the characters of a text to forge.
 */
function nativeKey(key: string, signed: () => string): Pick<pki.rsa.PrivateKey, 'sign'> {
  const signature = () => sign('sha256', Buffer.from(signed(), 'latin1'), key).toString('latin1');
  return { sign: signature };
}

/** forge ends lines as DOS does; the files and Secrets of Kubernetes do not. */
function toPem(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

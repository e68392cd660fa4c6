import forge from 'node-forge';
import { issueAuthority, issueLeaf } from '../../../certs/issue.ts';

/** Of a key that lives for one test. */
export const PASSWORD = 'changeit';

/** A certificate for that host with its key, as the PKCS #12 that Java reads, and the CA that vouches for it. */
export async function issueKeyStore(host: string) {
  const issuance = { now: Date.now(), lifetime: 86_400_000 };
  const authority = await issueAuthority(issuance);
  const leaf = await issueLeaf([host], authority, issuance);
  const archive = forge.pkcs12.toPkcs12Asn1(
    forge.pki.privateKeyFromPem(leaf.key),
    [leaf.cert, authority.cert].map((pem) => forge.pki.certificateFromPem(pem)),
    PASSWORD,
  );
  const keyStore = Buffer.from(forge.asn1.toDer(archive).getBytes(), 'latin1');
  return { ca: authority.cert, keyStore };
}

import type { asn1, pkcs12 } from 'node-forge';
import { certificateIdentity } from './certificate-identity.ts';

/**
 * The identity of the certificate that the key of a PKCS #12 from Key Vault belongs to: base64, with an empty password.
 * `undefined` if that cannot be told. node-forge is loaded for it (9 MB), so only who has such certificates pays.
 */
export async function pkcs12Identity(value: string): Promise<Buffer | undefined> {
  const { default: forge } = await import('node-forge');
  try {
    const der = forge.asn1.fromDer(forge.util.decode64(value));
    const { certBag, keyBag, pkcs8ShroudedKeyBag } = forge.pki.oids;
    const archive = forge.pkcs12.pkcs12FromAsn1(der, false, '');
    const bags = (type = ''): pkcs12.Bag[] => archive.getBags({ bagType: type })[type] ?? [];
    const keys = [...bags(pkcs8ShroudedKeyBag), ...bags(keyBag)];
    const leaf = leafOf(bags(certBag), keys);
    if (!leaf) return undefined;
    const encoded = leaf.cert ? forge.pki.certificateToAsn1(leaf.cert) : (leaf.asn1 as asn1.Asn1);
    return certificateIdentity(Buffer.from(forge.asn1.toDer(encoded).getBytes(), 'latin1'));
  } catch {
    return undefined;
  }
}

/** The only certificate, or the one that names the key as its own (PKCS #9 localKeyId). */
function leafOf(
  certificates: readonly pkcs12.Bag[],
  keys: readonly pkcs12.Bag[],
): pkcs12.Bag | undefined {
  if (certificates.length === 1) return certificates[0];
  const ids = keys.map(keyIdOf).filter((id) => id !== undefined);
  return certificates.find((bag) => ids.some((id) => id === keyIdOf(bag)));
}

function keyIdOf({ attributes }: pkcs12.Bag): string | undefined {
  return (attributes as { localKeyId?: string[] } | undefined)?.localKeyId?.[0];
}

import { isAscii } from 'node:buffer';

/** A byte order mark is content here: it stays. */
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes of a file as text; `undefined` if they are not UTF-8. Encoding the text gives the same bytes. */
export function textOf(bytes: Uint8Array): string | undefined {
  // Most secrets are, and that is a copy.
  if (Buffer.isBuffer(bytes) && isAscii(bytes)) return bytes.toString('latin1');
  try {
    return DECODER.decode(bytes);
  } catch {
    return;
  }
}

import { backoff } from './backoff.ts';
import { Outage } from './outage.ts';
import type { ServingCertificate } from './source.ts';
import type { Surroundings } from './surroundings.ts';
import { Wakeup } from './wakeup.ts';

/** What is followed. */
export interface Followed {
  /** Reads the certificate; rejects if that is not possible now. */
  read(): Promise<ServingCertificate>;
  /** Calls back whenever it may have changed, until the signal is aborted; never rejects. */
  watch(signal: AbortSignal, onChange: () => void): Promise<void>;
  /** Milliseconds after which it is read in any case; default a minute, shortened by a random part of up to a half. */
  readonly lookEvery?: number;
}

/** A clock may be set forward and a watch may hang, so the certificate is looked at that often in any case. */
export const LOOK_EVERY = 60_000;

/**
 * Tells the first certificate and every one that differs from the one before, until the signal is aborted. A failure is
 * tried again, ever more slowly; it never ends the loop.
 */
export async function follow(
  followed: Followed,
  surroundings: Surroundings,
  signal: AbortSignal,
  onChange: (certificate: ServingCertificate) => void,
): Promise<void> {
  const { clock, random = Math.random } = surroundings;
  const { lookEvery = LOOK_EVERY } = followed;
  const outage = new Outage(surroundings, 'the serving certificate cannot be read or made');
  const wakeup = new Wakeup(clock);
  const watching = followed.watch(signal, () => wakeup.wake());
  let known: ServingCertificate | undefined;
  const look = async () => {
    const found = await followed.read();
    if (!signal.aborted && !isSame(found, known)) onChange(found);
    known = found;
    outage.over();
  };
  while (!signal.aborted) {
    await look().catch((error: unknown) => outage.failed(error));
    const { failures } = outage;
    const pause = failures > 0 ? backoff(failures, random) : lookEvery * (1 - random() / 2);
    await wakeup.sleep(pause, signal);
  }
  await watching;
}

function isSame(one: ServingCertificate, other: ServingCertificate | undefined): boolean {
  return one.cert === other?.cert && one.key === other.key && one.caBundle === other.caBundle;
}

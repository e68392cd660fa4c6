/** The link of a mount to its current generation, as the Secrets Store CSI driver and the kubelet name it. */
export const DATA_LINK = '..data';

const STAMP = /^\.\.(\d{4})_(\d\d)_(\d\d)_(\d\d)_(\d\d)_(\d\d)\./;

/**
 * When the content of a generation was written, from its name `..YYYY_MM_DD_hh_mm_ss.RANDOM` (UTC): the driver makes a new
 * one only when a byte changes (secrets-store-csi-driver v1.6.0, pkg/util/fileutil/atomic_writer.go). `undefined` for
 * any other name.
 */
export function changedAt(generation: string): Date | undefined {
  const stamp = STAMP.exec(generation);
  if (stamp === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = stamp
    .slice(1)
    .map(Number);
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}

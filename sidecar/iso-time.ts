/**
 * Milliseconds since 1970 (of the years 0 to 9999) in ISO 8601, as `Date.prototype.toISOString` writes them. That one loads
 * the time zones of ICU, though it needs none: a megabyte beside every pod.
 */
export function isoTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  const day = [
    digits(date.getUTCFullYear(), 4),
    digits(date.getUTCMonth() + 1, 2),
    digits(date.getUTCDate(), 2),
  ].join('-');
  const time = [
    digits(date.getUTCHours(), 2),
    digits(date.getUTCMinutes(), 2),
    digits(date.getUTCSeconds(), 2),
  ].join(':');
  return `${day}T${time}.${digits(date.getUTCMilliseconds(), 3)}Z`;
}

const digits = (value: number, count: number): string => String(value).padStart(count, '0');

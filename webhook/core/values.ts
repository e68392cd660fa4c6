/** Grammars of the values that annotations and the configuration hold. */

/** RFC 1123 subdomain, the form of most object names; at most 253 characters. */
export const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** The API server accepts any scheduler name; this refuses only what no scheduler is called. */
export const SCHEDULER_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Value of a label, not empty; at most 63 characters. */
export const LABEL_VALUE = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Splits a list by comma or newline; blanks around an entry and empty entries do not count. */
export function parseList(value: string): string[] {
  return value
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** Seconds of a duration such as `45s`, `2m` or `1m30s`; `undefined` if it is none. */
export function parseDuration(value: string): number | undefined {
  const match = /^(?:(\d{1,4})m)?(?:(\d{1,5})s)?$/.exec(value);
  if (match === null || value === '') return undefined;
  return Number(match[1] ?? 0) * 60 + Number(match[2] ?? 0);
}

/**
 * An absolute path as the API server accepts it for a mount: no `:`, no `..` element, and not the root. A trailing slash
 * is dropped; `undefined` if it is no such path.
 */
export function parseMountPath(value: string): string | undefined {
  const path = value.length > 1 ? value.replace(/\/+$/, '') : value;
  const elements = path.split('/').slice(1);
  const sound =
    path.startsWith('/') &&
    path.length <= 4096 &&
    !elements.some((element) => element === '..' || element === '.' || element === '') &&
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
    !/[:\u0000-\u001f\u007f]/.test(path);
  return sound ? path : undefined;
}

/** Whether the lists of `allowed` in a profile take a value. A list that is absent bounds nothing. */

export function includes(list: readonly string[] | undefined, value: string): boolean {
  return list === undefined || list.includes(value);
}

/** Of vaults and GUIDs, which are the same whatever their case. */
export function allows(list: readonly string[] | undefined, value: string): boolean {
  const lower = value.toLowerCase();
  return list === undefined || list.some((one) => one.toLowerCase() === lower);
}

/** Whether a path is one of those or lies below one. */
export function isWithin(list: readonly string[] | undefined, path: string): boolean {
  return list === undefined || list.some((one) => path === one || path.startsWith(`${one}/`));
}

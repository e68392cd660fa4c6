/** What a real reader made of one file: the variables by name. It may know others besides those of the file. */
export type Variables = ReadonlyMap<string, string>;

/** Has a real reader of a format read files, each on its own. Rejects if it takes one for invalid. */
export type Reader = (texts: readonly string[]) => Promise<Variables[]>;

/** Why a reader is not there, and what to do about it. */
export type Unavailable = { readonly unavailable: string };

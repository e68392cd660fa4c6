const KINDS = { secrets: 'secret', certificates: 'certificate', keys: 'key' } as const;

/** The three collections of a vault. */
export type Collection = keyof typeof KINDS;

/** The parts of a Key Vault identifier. */
export interface Identifier {
  /** `https://HOST`, with a port if it is not 443. */
  readonly vault: string;
  readonly host: string;
  readonly collection: Collection;
  readonly name: string;
  /** Absent: the current version. */
  readonly version: string | undefined;
  /** For messages: `secret NAME of HOST`, with the version if there is one. */
  readonly label: string;
}

/** Names and versions as Key Vault defines them: "Azure Key Vault keys, secrets and certificates overview". */
const PATH =
  /^\/(?<collection>secrets|certificates|keys)\/(?<name>[0-9a-z-]{1,127})(?:\/(?<version>[0-9a-f]{32}))?\/?$/i;

/** The parts of an identifier, or `undefined` if it is none. Identifiers ignore case. */
export function parseIdentifier(id: string): Identifier | undefined {
  const url = URL.parse(id);
  if (url?.protocol !== 'https:' || url.username || url.password || url.search || url.hash) return;
  const parts = PATH.exec(url.pathname)?.groups;
  if (!parts?.collection || !parts.name) return;
  const collection = parts.collection.toLowerCase() as Collection;
  const version = parts.version?.toLowerCase();
  const label = `${KINDS[collection]} ${parts.name} of ${url.host}`;
  return {
    vault: url.origin,
    host: url.host,
    collection,
    name: parts.name,
    version,
    label: version ? `${label}, version ${version}` : label,
  };
}

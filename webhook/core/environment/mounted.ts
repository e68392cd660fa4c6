/** An object of Key Vault as a file of a mount. */
export interface MountedFile {
  /** Below the folder of its class. */
  readonly file: string;
  /** Whether it holds a secret as it was written; keys, certificates and decoded secrets may have any bytes. */
  readonly isText: boolean;
  /** Its identifier and encoding, as the sidecar takes them; `undefined` where it cannot be compared. */
  readonly source: string | undefined;
}

/** One class as the pods see it. */
export interface MountedClass {
  /** What its folder is called where several classes are mounted. */
  readonly folder: string;
  readonly path: string;
  /** `undefined`: not known, because the class is not, or because its provider decides. */
  readonly files: readonly MountedFile[] | undefined;
  /** Who reads its objects; `undefined`: not known, or nobody that a pod could sign in as by itself. */
  readonly identity: Identity | undefined;
}

/** An identity of Microsoft Entra that a pod can have by its service account. */
export interface Identity {
  readonly clientId: string;
  readonly tenantId: string;
  /** Where it signs in; `undefined`: in the public cloud. */
  readonly authority: string | undefined;
}

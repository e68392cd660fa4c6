/** One consistent generation of a secret mount: all files as the driver wrote them together. */
export interface SecretSnapshot {
  /** The folder of the mount. */
  readonly path: string;
  /** Target of `..data`: another one for every generation. */
  readonly generation: string;
  /** When the driver last changed the content, from the name of the generation; `undefined` where the name tells none. */
  readonly changedAt: Date | undefined;
  /** Content by path relative to the mount, such as `password` or `tls/key`. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** What a TLS server serves and what its clients trust; all PEM. */
export interface ServingCertificate {
  /** The serving certificate, intermediate ones after it. */
  readonly cert: string;
  readonly key: string;
  /** Every CA that clients should trust now; empty where the source does not know it. */
  readonly caBundle: string;
}

/** Where the serving certificate comes from. */
export interface CertSource {
  /**
   * The certificate to serve now, read afresh; where a source issues its own, one is made if there is none. Rejects if
   * the place it is kept in cannot be reached and nothing good is known.
   */
  current(): Promise<ServingCertificate>;
  /**
   * Keeps the certificate good until the signal is aborted, then resolves; never rejects. `onChange` gets the first
   * certificate as soon as there is one, and then each that differs from the one before.
   */
  run(signal: AbortSignal, onChange: (certificate: ServingCertificate) => void): Promise<void>;
}

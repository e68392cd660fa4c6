/** Texts by file name, as a Secret holds them. */
export type Files = Readonly<Record<string, string>>;

/** What a store holds at one moment. */
export interface Stored {
  readonly files: Files;
  /** Names this very content. */
  readonly resourceVersion: string;
  /** Does an administrator ask for a new CA? */
  readonly rotationAsked: boolean;
}

/**
 * One place that several writers share and where the first of two at once wins: a Secret, or locally a folder. Methods
 * reject if it cannot be reached.
 */
export interface SecretStore {
  /** What it holds; undefined where nothing was ever stored, or it was deleted. */
  read(): Promise<Stored | undefined>;
  /** Stores the first content, unless somebody else did before. */
  create(files: Files): Promise<'done' | 'lost'>;
  /** Replaces the content, unless the one of that resourceVersion has changed or is gone since. */
  update(content: Stored): Promise<'done' | 'lost'>;
  /** Calls back after a change, be it from here or elsewhere, until the signal is aborted; never rejects. */
  watch(signal: AbortSignal, onChange: () => void): Promise<void>;
}

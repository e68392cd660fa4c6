import type { RequestOptions } from 'node:https';

/** Where the API server is, and what makes it answer. */
export interface Access {
  readonly server: URL;
  /** What a request needs to be trusted and to trust: headers, CA, client certificate, proxy. */
  options(): Promise<RequestOptions>;
  /** What was given last was not accepted: it may have been renewed since it was read. */
  refused(): void;
}

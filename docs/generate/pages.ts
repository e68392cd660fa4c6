import { annotationsPage } from './annotations.ts';
import { configurationPage } from './configuration.ts';
import { envFormatsPage } from './env-formats.ts';
import { libraryPage } from './library.ts';
import { messagesPage } from './messages.ts';
import { metricsPage } from './metrics.ts';
import type { Page } from './page.ts';
import { sidecarPage } from './sidecar.ts';
import { valuesPage } from './values.ts';
import { valuesSchemaPage } from './values-schema.ts';

/** Every page that `npm run docs` makes; the tests check that what is committed is what it would make. */
export const pages: readonly Page[] = [
  valuesPage,
  valuesSchemaPage,
  annotationsPage,
  configurationPage,
  envFormatsPage,
  messagesPage,
  metricsPage,
  sidecarPage,
  libraryPage,
];

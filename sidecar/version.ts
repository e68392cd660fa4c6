/** Version of zonekeeper; a test holds it equal to package.json. Read from no file, so that bundles and builds need none. */
export const VERSION = '0.1.0';

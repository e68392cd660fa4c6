/**
 * The version of Key Vault's API that all questions are put in: the oldest that every vault and every client of today
 * speaks. Left alone, the client for secrets takes the newest of the day on which it was published, and an update of the
 * client could ask for what a cloud does not have yet.
 */
export const API_VERSION = '7.4';

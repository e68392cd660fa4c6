import {
  type Configuration,
  configurationSchema,
  SHIPPED_CONFIGURATION,
} from '../../webhook/core/configuration.ts';
import type { Context } from '../../webhook/core/context.ts';
import { EMPTY_VIEW } from '../../webhook/core/view.ts';

/** 2026-11-22T12:00:00Z */
export const NOW = 1_795_348_800_000;

/** A context of the shipped configuration and an empty view of the cluster, with those changes. */
export function contextWith(changes: Partial<Context> = {}): Context {
  return {
    configuration: SHIPPED_CONFIGURATION,
    view: EMPTY_VIEW,
    now: NOW,
    version: '0.1.0',
    ...changes,
  };
}

/** A configuration with those profiles beside a `default` one that sets nothing unless it is given. */
export function profiles(given: Readonly<Record<string, object>>): Configuration {
  return configurationSchema.parse({ profiles: { default: {}, ...given } });
}

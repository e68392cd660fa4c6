import { ENV_FORMATS, type EnvFormat } from '../../../sidecar/contract.ts';
import type { AnnotationReader, Wish } from '../annotation-reader.ts';
import type { Profile } from '../configuration.ts';
import { type NamedVariable, parseVariable } from './grammar.ts';
import { parseRotation, type Rotation } from './rotation.ts';

/** Ways for the variables to reach the application. */
export const DELIVERIES = ['file', 'kubernetes', 'none'] as const;
export type Delivery = (typeof DELIVERIES)[number];

/** Which files become which variables, and how these reach the application. */
export interface EnvironmentWish {
  /** Whether every file becomes a variable that is not named itself. */
  readonly auto: boolean;
  readonly named: readonly NamedVariable[];
  /** `undefined`: the annotations ask for none. */
  readonly format: EnvFormat | undefined;
  readonly delivery: Delivery;
}

/** What the annotations ask of a sidecar. */
export interface SidecarWishes {
  /** `undefined`: one where there are secrets. */
  readonly sidecar: boolean | undefined;
  readonly environment: EnvironmentWish;
  readonly rotation: Rotation;
  readonly verify: Wish<boolean>;
  /** Annotations that ask for something and do nothing without a sidecar. */
  readonly asked: readonly string[];
}

/** Annotations that need a sidecar, each with the value by which it asks for nothing. */
const NEEDING_SIDECAR = {
  env: 'none',
  'env-format': undefined,
  'env-delivery': 'none',
  'on-rotation': 'none',
  verify: 'false',
} as const;

/** `settings` is `undefined` where the profile is unknown; that is a problem already. */
export function readSidecarWishes(
  reader: AnnotationReader,
  settings: Profile | undefined,
): SidecarWishes {
  const verify = readFlag(reader, 'verify');
  return {
    sidecar: readFlag(reader, 'sidecar'),
    environment: readEnvironment(reader),
    rotation: readRotation(reader),
    verify:
      verify === undefined
        ? { value: settings?.verify ?? false, origin: 'profile' }
        : { value: verify, origin: 'annotation' },
    asked: Object.entries(NEEDING_SIDECAR).flatMap(([key, nothing]) => {
      const text = reader.text(key)?.trim();
      return text === undefined || text === nothing ? [] : [key];
    }),
  };
}

const ENTRY = /^(auto|none|.*=.*)$/;
const ENTRY_EXPECTED = 'NAME=FILE, NAME=@FILE for its path, auto or none';

function readEnvironment(reader: AnnotationReader): EnvironmentWish {
  const entries = reader.list('env', ENTRY, ENTRY_EXPECTED) ?? ['auto'];
  const none = entries.includes('none');
  if (none && entries.length > 1) {
    reader.malformed('env', entries.join(', '), 'none to stand alone');
  }
  const asked = readChoice(reader, 'env-delivery', DELIVERIES);
  return {
    auto: entries.includes('auto'),
    named: entries.filter((entry) => entry.includes('=')).flatMap((one) => readNamed(reader, one)),
    format: readChoice(reader, 'env-format', ENV_FORMATS),
    delivery: none ? 'none' : (asked ?? 'file'),
  };
}

function readNamed(reader: AnnotationReader, entry: string): NamedVariable[] {
  const variable = parseVariable(entry);
  if (variable !== undefined) return [variable];
  reader.malformed('env', entry, `${ENTRY_EXPECTED}, NAME of A-Z, a-z, 0-9 and _`);
  return [];
}

function readRotation(reader: AnnotationReader): Rotation {
  const text = reader.text('on-rotation');
  if (text === undefined) return { action: 'none' };
  const rotation = parseRotation(text.trim());
  if (rotation !== undefined) return rotation;
  // Not shown: a URL may hold what is nobody's business.
  const expected =
    'none, restart, or http= and a URL of localhost, 127.0.0.1 or [::1] without user';
  reader.malformed('on-rotation', '…', expected);
  return { action: 'none' };
}

function readChoice<T extends string>(
  reader: AnnotationReader,
  key: string,
  choices: readonly T[],
): T | undefined {
  const text = reader.text(key)?.trim();
  if (text === undefined) return undefined;
  const choice = choices.find((one) => one === text);
  return choice ?? reader.malformed(key, text, `one of ${choices.join(', ')}`);
}

function readFlag(reader: AnnotationReader, key: string): boolean | undefined {
  const choice = readChoice(reader, key, ['true', 'false']);
  return choice === undefined ? undefined : choice === 'true';
}

import type { EnvFormat } from '../contract.ts';
import { DOCKER } from './docker.ts';
import { DOTENV } from './dotenv.ts';
import type { EnvGrammar } from './grammar.ts';
import { JAVA_PROPERTIES } from './java-properties.ts';
import { JSON_OBJECT } from './json.ts';
import { KUBERNETES } from './kubernetes.ts';
import { envMessage } from './messages.ts';
import { NODE } from './node.ts';
import { POSIX } from './posix.ts';
import { SYSTEMD } from './systemd.ts';

/** The grammar of each format. */
export const GRAMMARS: Readonly<Record<EnvFormat, EnvGrammar>> = {
  posix: POSIX,
  dotenv: DOTENV,
  node: NODE,
  systemd: SYSTEMD,
  docker: DOCKER,
  'java-properties': JAVA_PROPERTIES,
  json: JSON_OBJECT,
  kubernetes: KUBERNETES,
};

/** Throws TypeError (ZK803) if there is no such format, for callers that no type checker has seen. */
export function grammarOf(format: EnvFormat): EnvGrammar {
  if (Object.hasOwn(GRAMMARS, format)) return GRAMMARS[format];
  throw new TypeError(envMessage('ZK803', { format, known: Object.keys(GRAMMARS).join(', ') }));
}

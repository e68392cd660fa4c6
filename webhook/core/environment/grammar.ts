import { VARIABLE_NAME } from '../../../sidecar/contract.ts';

/** A variable that the annotation `env` names. */
export interface NamedVariable {
  readonly name: string;
  /** Below the mount; where several classes are mounted, below the folder of one. */
  readonly file: string;
  /** What the variable holds of the file. */
  readonly holds: 'content' | 'path';
}

/** The variable of an entry `NAME=FILE` or `NAME=@FILE`; `undefined` if it is none. */
export function parseVariable(entry: string): NamedVariable | undefined {
  const at = entry.indexOf('=');
  const name = entry.slice(0, Math.max(at, 0));
  const isPath = entry[at + 1] === '@';
  const file = entry.slice(at + (isPath ? 2 : 1));
  if (!VARIABLE_NAME.test(name) || !isFileName(file)) return undefined;
  return { name, file, holds: isPath ? 'path' : 'content' };
}

/** Whether it is a path below a folder: no step up, no control character, and no `@`, which tells a path from a content. */
function isFileName(file: string): boolean {
  const steps = file.split('/');
  return !file.startsWith('@') && !/\p{Cc}/u.test(file) && !steps.some(isNoStep);
}

function isNoStep(step: string): boolean {
  return step === '' || step === '.' || step === '..';
}

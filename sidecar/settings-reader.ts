import { ENV_FORMATS, type EnvFormat, VARIABLE_NAME } from './contract.ts';
import { FLAGS, type Flag, type FlagName, type Given } from './flags.ts';
import { type Problem, problem } from './messages.ts';
import type { MountedObject, OnRotation, Settings } from './settings.ts';

/** The identifier and its objectEncoding in the value of --object. */
const OBJECT =
  /^(?<id>https:\/\/[^/?#]+\/(?:secrets|keys|certificates)\/[^=/?#]+(?:\/[^=/?#]+)?)(?:#(?<encoding>base64|hex))?$/;

/** Absolute, and as it is when normalized. */
const PLAIN_PATH = /^(?:\/(?!\.{1,2}(?:\/|$))[^/]+)+$/;

const FORMATS: readonly string[] = [...ENV_FORMATS, 'kubernetes'];

/** Reads the values of flags and gathers what is wrong with them. */
export class SettingsReader {
  readonly #given: Given;
  readonly #problems: Problem[];

  constructor(given: Given, problems: Problem[]) {
    this.#given = given;
    this.#problems = problems;
  }

  /** The settings; they are sound only if no problem was added. */
  read(): Settings {
    const mounts = this.#paths('mount');
    if (mounts.length === 0) {
      const expected = `--mount=${FLAGS.mount.value}, at least once`;
      this.#problems.push(problem('ZK844', { flag: '--mount', expected }));
    }
    const variables = this.#variables('variable');
    const fileVariables = this.#variables('file-variable');
    for (const variable of fileVariables.keys()) {
      if (variables.has(variable)) this.#problems.push(problem('ZK845', { variable }));
    }
    const expected = this.#paths('expect');
    const autoMounts = this.#paths('auto');
    const objects = this.#objects();
    const below = (flag: FlagName, files: Iterable<string>) =>
      this.#requireBelow(flag, files, mounts);
    below('expect', expected);
    below('variable', variables.values());
    below('file-variable', fileVariables.values());
    below(
      'object',
      objects.map((object) => object.path),
    );
    for (const value of autoMounts) {
      if (!mounts.includes(value)) this.#wrong('auto', value, 'one of the --mount folders');
    }
    return {
      ...{ mounts, expected, variables, fileVariables, autoMounts, objects },
      format: this.#format(),
      envFile: this.#given.get('env-file')?.[0] === 'none' ? undefined : this.#path('env-file'),
      statusFile: this.#path('status-file'),
      onRotation: this.#onRotation(),
      verify: this.#verify(objects),
      port: this.#port(),
      host: this.#given.get('host')?.[0],
    };
  }

  #text(flag: FlagName): string {
    const { default: usual }: Flag = FLAGS[flag];
    return this.#given.get(flag)?.[0] ?? usual ?? '';
  }

  #paths(flag: FlagName): string[] {
    return [...new Set(this.#given.get(flag)?.map((value) => this.#absolute(flag, value)))];
  }

  #path(flag: FlagName): string {
    return this.#absolute(flag, this.#text(flag));
  }

  #absolute(flag: FlagName, value: string): string {
    const plain = value.length > 1 ? value.replace(/\/+$/, '') : value;
    const isSound = value === '/' || PLAIN_PATH.test(plain);
    if (!isSound) this.#wrong(flag, value, 'an absolute path without "." and ".."');
    return plain;
  }

  /** Path by name of the variable. */
  #variables(flag: 'variable' | 'file-variable'): Map<string, string> {
    const found = new Map<string, string>();
    for (const value of this.#given.get(flag) ?? []) {
      const [name, file] = halves(value);
      if (!VARIABLE_NAME.test(name)) {
        this.#wrong(flag, value, 'NAME=PATH with a NAME of letters, digits and _');
      } else if (found.has(name)) this.#problems.push(problem('ZK845', { variable: name }));
      else found.set(name, this.#absolute(flag, file));
    }
    return found;
  }

  #objects(): MountedObject[] {
    return (this.#given.get('object') ?? []).flatMap((value) => {
      const [left, file] = halves(value);
      const { id, encoding } = OBJECT.exec(left)?.groups ?? {};
      if (id === undefined) {
        this.#wrong('object', value, 'https://VAULT/secrets|keys|certificates/NAME[/VERSION]=PATH');
        return [];
      }
      const mounted = { id, path: this.#absolute('object', file) };
      return [encoding === undefined ? mounted : { ...mounted, encoding: encoding as 'base64' }];
    });
  }

  #requireBelow(flag: FlagName, files: Iterable<string>, mounts: readonly string[]): void {
    for (const file of files) {
      if (mounts.some((mount) => file.startsWith(`${mount}/`))) continue;
      this.#problems.push(problem('ZK846', { flag: `--${flag}`, path: file }));
    }
  }

  #format(): EnvFormat {
    const value = this.#text('format');
    if (!FORMATS.includes(value)) this.#wrong('format', value, `one of ${FORMATS.join(', ')}`);
    return value as EnvFormat;
  }

  #onRotation(): OnRotation {
    const value = this.#text('on-rotation');
    if (value === 'none' || value === 'restart') return { kind: value };
    const [kind, address] = halves(value);
    const url = kind === 'http' ? URL.parse(address) : null;
    if (url === null || !isLoopback(url)) {
      const expected =
        'none, restart or http= and an http:// address of localhost, 127.0.0.1 or [::1]';
      this.#wrong('on-rotation', value, expected);
    }
    return { kind: 'http', url: url?.href ?? '' };
  }

  #verify(objects: readonly MountedObject[]): boolean {
    const verify = this.#given.has('verify');
    if (verify && objects.length === 0) {
      const expected = `--object=${FLAGS.object.value} for what --verify compares`;
      this.#problems.push(problem('ZK844', { flag: '--object', expected }));
    }
    return verify;
  }

  #port(): number {
    const value = this.#text('port');
    const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.POSITIVE_INFINITY;
    if (port > 65_535) this.#wrong('port', value, 'a whole number from 0 to 65535');
    return port;
  }

  #wrong(flag: FlagName, value: string, expected: string): void {
    this.#problems.push(problem('ZK842', { flag: `--${flag}`, value, expected }));
  }
}

/** What stands before and behind the first `=`. */
function halves(value: string): [string, string] {
  const at = value.indexOf('=');
  return at < 0 ? [value, ''] : [value.slice(0, at), value.slice(at + 1)];
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

function isLoopback({ protocol, hostname, username, password }: URL): boolean {
  return protocol === 'http:' && LOOPBACK.test(hostname) && username === '' && password === '';
}

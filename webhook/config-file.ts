import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseDocument } from 'yaml';
import {
  type Configuration,
  type ParsedConfiguration,
  parseConfiguration,
} from './core/configuration.ts';
import { type Problem, problem } from './core/problems.ts';

/** A configuration file as it was last read. */
export class ConfigurationFile {
  readonly path: string;
  #last: string | undefined;

  constructor(file: string) {
    this.path = file;
  }

  /**
   * Reads and validates the file; `undefined` if it is as it was last time. Every problem is reported, a file that cannot
   * be read as YAML as ZK304; never rejects.
   */
  async read(): Promise<ParsedConfiguration | undefined> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => error);
    const seen = typeof text === 'string' ? text : `\0${text.code}`;
    if (seen === this.#last) return undefined;
    this.#last = seen;
    return typeof text === 'string'
      ? parseConfigurationText(text, this.path)
      : unreadable(this.path, [cause(text)]);
  }
}

/** Reads and validates a configuration that is called `name`; what cannot be read as YAML is ZK304. Never throws. */
export function parseConfigurationText(text: string, name: string): ParsedConfiguration {
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    return unreadable(
      name,
      document.errors.map(({ message }) => message),
    );
  }
  try {
    return parseConfiguration(document.toJS());
  } catch (error) {
    // Aliases that lead nowhere or multiply without bound show only now.
    return unreadable(name, [error instanceof Error ? error.message : String(error)]);
  }
}

function unreadable(file: string, messages: readonly string[]): { problems: Problem[] } {
  return {
    // Below the first line the parser quotes the file.
    problems: messages.map((message) =>
      problem('ZK304', { file, detail: message.split('\n', 1)[0]?.replace(/:$/, '') ?? '' }),
    ),
  };
}

const cause = ({ code, message }: NodeJS.ErrnoException): string =>
  code === 'ENOENT' ? 'there is no such file' : (code ?? message);

export interface KeeperOptions {
  /** Called with each new configuration. */
  readonly accepted: (configuration: Configuration) => void;
  /** Called with what is wrong with a file that changed; the configuration before it stays in force. */
  readonly refused: (problems: readonly Problem[]) => void;
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** How often the file is read even if no change was noticed, in milliseconds; default 10 s. */
  readonly every?: number;
}

/**
 * Reads the file again whenever it changes, until the signal aborts. The kubelet changes a mounted ConfigMap by swapping
 * the link `..data` in its folder, so the folder is watched and not the file; and because a watch can miss a change, the
 * file is read from time to time besides.
 */
export function keepConfiguration(file: ConfigurationFile, options: KeeperOptions): void {
  const { accepted, refused, signal, every = 10_000 } = options;
  let reading = Promise.resolve();
  const look = () => {
    reading = reading.then(async () => {
      if (signal.aborted) return;
      const parsed = await file.read();
      if (parsed?.problems !== undefined) refused(parsed.problems);
      else if (parsed !== undefined) accepted(parsed.configuration);
    });
  };
  const timer = setInterval(look, every).unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  watch(path.dirname(file.path), { persistent: false, signal }, look).on('error', look);
}

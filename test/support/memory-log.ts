import type { Log } from '../../certs/surroundings.ts';

export type Line = { readonly level: string; readonly message: string; readonly fields: object };

/** A log that tests can read. */
export class MemoryLog implements Log {
  readonly lines: Line[] = [];

  info(fields: object, message: string): void {
    this.lines.push({ level: 'info', message, fields });
  }

  warn(fields: object, message: string): void {
    this.lines.push({ level: 'warn', message, fields });
  }

  error(fields: object, message: string): void {
    this.lines.push({ level: 'error', message, fields });
  }

  /** All of it as one text, to look for what must not be there. */
  text(): string {
    return this.lines
      .map(({ level, message, fields }) => `${level} ${message} ${inspect(fields)}`)
      .join('\n');
  }
}

function inspect(fields: object): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key}=${value instanceof Error ? value.stack : JSON.stringify(value)}`)
    .join(' ');
}

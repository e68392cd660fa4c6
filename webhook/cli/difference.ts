import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { Source } from './sources.ts';

/** The change of a source as a unified diff that `patch -p1` and `git apply` understand; empty if there is none. */
export function difference({ name, text: before }: Source, after: string): string {
  if (before === after) return '';
  const file = name.replace(/^\.?\/+/, '');
  return createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, '', '', {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}

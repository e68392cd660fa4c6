/** One replacement in a text; offsets as of the unedited text, `end` not included. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Says that a change cannot be made by replacing pieces of the source, so that another way is tried. */
export class CannotSplice extends Error {}

/**
 * The part of a text between two offsets with edits made in it. Insertions at one place keep their order and go before a
 * replacement that starts there; removals may overlap.
 */
export function applyEdits(
  source: string,
  edits: readonly Edit[],
  from: number,
  to: number,
): string {
  const ordered = [...edits].sort(
    (a, b) => a.start - b.start || Number(a.end > a.start) - Number(b.end > b.start),
  );
  let text = '';
  let done = from;
  for (const { start, end, text: replacement } of ordered) {
    const overlaps = start < done && replacement !== '';
    if (overlaps || end > to) throw new CannotSplice('edits that overlap');
    text += source.slice(done, Math.max(start, done)) + replacement;
    done = Math.max(end, done);
  }
  return text + source.slice(done, to);
}

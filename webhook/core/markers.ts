import { PREFIX } from './annotations.ts';
import { type Marker, markerText, readMarker } from './marker.ts';
import type { StatefulSet } from './statefulset.ts';

/** What the markers of a set say at an update. */
export interface Markers {
  /** The stored set's marker, if it can be read. */
  readonly marker: Marker | undefined;
  /** Whether the stored set has a marker that cannot be read. */
  readonly broken: boolean;
  /** The new object's marker if it is another one: of an earlier round of this admission, or from a file. */
  readonly came: Marker | undefined;
  /** Whether the new object bears the stored set's marker. */
  readonly borne: boolean;
  /** Whether somebody has written a marker by hand. */
  readonly repaired: boolean;
}

export function readMarkers(object: StatefulSet, stored: StatefulSet): Markers {
  const found = readMarker(stored);
  const borne = markerText(object) !== undefined && markerText(object) === markerText(stored);
  const came = borne ? undefined : readMarker(object);
  const broken = found === 'broken';
  // Nothing was ever put into a set that is not opted in and has no marker, so there is nothing to take out of it either.
  const optedIn = object.metadata.annotations?.[`${PREFIX}inject`] === 'true';
  const forged = came !== undefined && found === undefined && !optedIn;
  return {
    marker: broken ? undefined : found,
    broken,
    came: came === 'broken' || forged ? undefined : came,
    borne,
    repaired: broken || came === 'broken' || forged,
  };
}

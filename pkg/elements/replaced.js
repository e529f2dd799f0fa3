// Which orders of a Worker were replaced by later ones: what was replaced must not be paid again beside its successor.
import { entriesAt, writeEntries } from './shared.js';

const placeOf = (worker) => `compago-replaced ${worker}`;

/** Remembers that `after` replaced `before`. */
export function replace(worker, before, after) {
  const others = entriesAt(placeOf(worker)).filter(([order]) => order !== before && order !== after);
  writeEntries(placeOf(worker), [...others, [before, after]]);
}

/** Returns the order that is there in the place of `order`: itself, unless it was replaced. */
export const successorOf = (worker, order) =>
  entriesAt(placeOf(worker)).reduce((last, [before, after]) => (before === last ? after : last), order);

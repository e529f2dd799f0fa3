// The latest order for each item, whichever tab created it, until it is paid.
import { entriesAt, writeEntries } from './shared.js';

const placeOf = (worker) => `compago-latest ${worker}`;

/** Returns the capability of the latest order for `sku`, or undefined. */
export const latestOf = (worker, sku) => new Map(entriesAt(placeOf(worker))).get(sku);

export const keepLatest = (worker, sku, order) =>
  writeEntries(placeOf(worker), [...entriesAt(placeOf(worker)).filter(([one]) => one !== sku), [sku, order]]);

/** Forgets an order that has ended. */
export function dropLatest(worker, order) {
  const entries = entriesAt(placeOf(worker));
  const left = entries.filter(([, one]) => one !== order);
  if (left.length < entries.length) writeEntries(placeOf(worker), left);
}

// The order that this browser placed last, whichever tab did. localStorage is not enough between tabs: even a tab that waited for a lock may
// read what was there before another tab's last write. A transaction of IndexedDB sees all that were complete before.
import { get, set, update } from '/vendor/idb-keyval.js';

const key = 'last-order';
/** Some browsers have had databases that never opened. */
const patienceMs = 3000;
/** Whether this page has no database: then only localStorage is left. */
let isMissing = false;

export const lastOrder = {
  read: () => attempt(() => get(key)),
  write: (order) => attempt(() => set(key, order)),
  /** Removes the order, unless another one is stored. */
  drop: (order) => attempt(() => update(key, (last) => (last?.order === order ? undefined : last))),
};

/** Resolves to undefined if the database fails. */
async function attempt(access) {
  if (isMissing) return undefined;
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(reject, patienceMs)));
  try {
    return await Promise.race([access(), late]);
  } catch {
    isMissing = true;
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

// The order that this browser placed last, whichever tab did. localStorage is not enough between tabs: even a tab that waited for a lock may
// read what was there before another tab's last write. A transaction of IndexedDB sees all that were complete before.
import { get, set, update } from '/vendor/idb-keyval.js';

const key = 'last-order';
/** How long the database may take. Some browsers have had databases that never opened. */
const timeoutMs = 3000;
/** Whether the database did not answer in time: then this page uses localStorage alone. */
let isStuck = false;

export const lastOrder = {
  read: () => attempt(() => get(key)),
  write: (order) => attempt(() => set(key, order)),
  /** Removes the order, unless another one is stored. */
  drop: (order) => attempt(() => update(key, (last) => (last?.order === order ? undefined : last))),
};

/** Resolves to undefined if the database fails. After an error the next access opens it again. */
async function attempt(access) {
  if (isStuck) return undefined;
  let timer;
  const timeout = new Promise((resolve) => {
    timer = setTimeout(() => {
      isStuck = true;
      resolve();
    }, timeoutMs);
  });
  try {
    return await Promise.race([access(), timeout]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

// What a tab did under a lock, for the tab that gets the lock next: localStorage may still show that one what was there before. A transaction
// of IndexedDB sees all that were complete when it began.
const storeName = 'orders';

/** How long the database may take, in milliseconds: some browsers have had databases that never opened. */
const timeoutMs = 1000;

/** How long localStorage may take, in milliseconds: what is older is in it. */
const freshMs = 10_000;

/** Resolves to the order that another tab left under `name`, a place or the order that it replaced, after `since`; undefined if none did. */
export const handedOver = async (worker, name, since = 0) =>
  (await access((store) => entriesOf(store, worker)))?.find(([one, , at]) => one === name && at > since)?.[1];

/** Leaves `order` under each of `names`. */
export const handOver = (worker, names, order) =>
  access(async (store) => {
    const others = (await entriesOf(store, worker)).filter(([name]) => !names.includes(name));
    await done(store.put([...others, ...names.map((name) => [name, order, Date.now()])], worker));
  });

/** Resolves to the entries of a Worker, `[name, order, at]`, without outdated ones. The clock may have been set back. */
const entriesOf = async (store, worker) =>
  ((await done(store.get(worker))) ?? []).filter(([, , at]) => Math.abs(Date.now() - at) < freshMs);

/** Resolves to undefined if the database fails or takes too long: then localStorage is all that there is. */
const access = (act) =>
  new Promise((resolve) => {
    setTimeout(resolve, timeoutMs);
    transact(act).then(resolve, () => resolve());
  });

async function transact(act) {
  const opening = indexedDB.open('compago-handover');
  opening.onupgradeneeded = () => opening.result.createObjectStore(storeName);
  const database = await done(opening);
  try {
    return await act(database.transaction(storeName, 'readwrite').objectStore(storeName));
  } finally {
    database.close();
  }
}

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

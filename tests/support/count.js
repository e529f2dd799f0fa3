// Counts what objects cost: requests and alarms that they answer, rows that they write and read, the most rows that one statement reads, and
// alarms that they set. Rows are those that SQLite names (indexes included), and one for each key that is put.

const zero = () => ({ requests: 0, alarms: 0, rows: 0, rowsRead: 0, mostRowsRead: 0, alarmsSet: 0, alarmsDeleted: 0 });

/** @typedef {Record<string, ReturnType<typeof zero>>} Counts by class */

/** @type {Counts} */
let counts = {};

/** What was counted since the last time. */
export function takeCounts() {
  const taken = counts;
  counts = {};
  return taken;
}

/** @param {any} Inner one of the Worker's classes @param {string} name */
export const counted = (Inner, name) =>
  class {
    /** @param {any} state @param {any} env */
    constructor(state, env) {
      const { id } = state;
      this.inner = new Inner({ id, storage: countedStorage(state.storage, name), waitUntil: (/** @type {any} */ work) => state.waitUntil(work) }, env);
    }

    /** @param {Request} request */
    fetch(request) {
      count(name).requests += 1;
      return this.inner.fetch(request);
    }

    async alarm() {
      // The settings object has none.
      if (!this.inner.alarm) return undefined;
      count(name).alarms += 1;
      return this.inner.alarm();
    }
  };

/** @param {string} name */
const count = (name) => (counts[name] ??= zero());

/** @param {any} storage @param {string} name */
function countedStorage(storage, name) {
  const { sql } = storage;
  const own = {
    sql: {
      exec: (/** @type {string} */ query, /** @type {unknown[]} */ ...values) => {
        const cursor = sql.exec(query, ...values);
        const counted = count(name);
        let [written, read] = [0, 0];
        const add = () => {
          counted.rows += cursor.rowsWritten - written;
          counted.rowsRead += cursor.rowsRead - read;
          [written, read] = [cursor.rowsWritten, cursor.rowsRead];
          counted.mostRowsRead = Math.max(counted.mostRowsRead, cursor.rowsRead);
        };
        // A statement that returns no rows has run by now, and nobody asks for its rows.
        add();
        return {
          toArray: () => {
            const rows = cursor.toArray();
            add();
            return rows;
          },
        };
      },
    },
    put: (/** @type {string} */ key, /** @type {unknown} */ value) => {
      count(name).rows += 1;
      return storage.put(key, value);
    },
    setAlarm: (/** @type {Date} */ at) => {
      count(name).alarmsSet += 1;
      return storage.setAlarm(at);
    },
    deleteAlarm: () => {
      count(name).alarmsDeleted += 1;
      return storage.deleteAlarm();
    },
  };
  return new Proxy(storage, {
    get: (_, key) => own[key] ?? (typeof storage[key] === 'function' ? storage[key].bind(storage) : storage[key]),
  });
}

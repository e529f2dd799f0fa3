// Values that all tabs of an origin share. Where storage is forbidden or full, they last as long as the page.
const memory = new Map();

export function readShared(place) {
  try {
    return JSON.parse(localStorage.getItem(place)) ?? memory.get(place);
  } catch {
    return memory.get(place);
  }
}

export function writeShared(place, value) {
  memory.delete(place);
  try {
    localStorage.setItem(place, JSON.stringify(value));
  } catch {
    memory.set(place, value);
    forget(place);
  }
}

/** Removes an outdated value that could not be replaced. */
function forget(place) {
  try {
    localStorage.removeItem(place);
  } catch {
    // Where storage is forbidden there is none.
  }
}

/** How many entries a list holds: the oldest ones are dropped. */
const MOST_ENTRIES = 20;

/** Returns the entries at `place`, `[key, value]`, the oldest first. */
export const entriesAt = (place) => Object.entries(readShared(place) ?? {});

export const writeEntries = (place, entries) => writeShared(place, Object.fromEntries(entries.slice(-MOST_ENTRIES)));

// Values of the tab. Where storage is forbidden or full, they last as long as the page.

/** What could not be stored. All else is read from storage, which other pages of the tab change as well. */
const memory = new Map();

export function read(place) {
  if (memory.has(place)) return memory.get(place);
  try {
    return JSON.parse(sessionStorage.getItem(place)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Stores a value at `place`; undefined removes it. */
export function write(place, value) {
  memory.delete(place);
  try {
    if (value !== undefined) return sessionStorage.setItem(place, JSON.stringify(value));
  } catch {
    // The stored value is outdated. The page has the new one.
    memory.set(place, value);
  }
  try {
    sessionStorage.removeItem(place);
  } catch {
    // Where storage is forbidden there is none.
  }
}

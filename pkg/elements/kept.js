// Values of the tab. Where storage is forbidden or full, they last as long as the page.
const memory = new Map();

export function read(place) {
  try {
    return JSON.parse(sessionStorage.getItem(place)) ?? memory.get(place);
  } catch {
    return memory.get(place);
  }
}

/** Stores a value at `place`; undefined removes it. */
export function write(place, value) {
  memory.set(place, value);
  try {
    if (value !== undefined) return sessionStorage.setItem(place, JSON.stringify(value));
  } catch {
    // The stored value is outdated. The page has the new one.
  }
  try {
    sessionStorage.removeItem(place);
  } catch {
    // Where storage is forbidden there is none.
  }
}

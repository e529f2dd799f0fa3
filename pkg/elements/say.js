// Texts that screen readers read aloud.

/** How long a text is gone before the same one is announced again: screen readers look for changes only so often. */
const REPEAT_MS = 100;

/** The time-outs of the regions whose text is gone. */
const repeats = new WeakMap();

/** Writes a text into a live region, which screen readers read aloud, also if it is the same again. */
export function say(region, text) {
  clearTimeout(repeats.get(region));
  const isSame = text !== '' && region.textContent === text;
  region.textContent = isSame ? '' : text;
  if (isSame) repeats.set(region, setTimeout(() => (region.textContent = text), REPEAT_MS));
}

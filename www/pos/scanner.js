// Tells barcode scanners from typing. A scanner is a keyboard that sends a burst of keys, 3 to 30 ms apart, which ends with Enter, Tab or
// nothing. Pure.

/** The longest gap within a burst. Fast typists need at least 60 ms a key. */
export const gapMs = 45;
/** How long a stroke is held before it counts as typing. */
export const holdMs = gapMs + 5;
/** For how long after a burst a late key still belongs to it. */
export const tailMs = 250;

/** After a shorter pause a key may belong to a burst that stalled: hands do not move from keys to a scanner that fast. */
const restMs = 120;
/**
 * A burst has `fewest` characters at this mean gap, or `many` without a longer gap. A repeated character counts once in `fewest`: the “000”
 * key of a keypad sends its zeros at once.
 */
const meanMs = 35;
const fewest = 3;
const many = 6;

const modifiers = ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock'];
/** Names of keys from on-screen keyboards and input methods. */
const unnamed = ['Unidentified', 'Process', 'Dead'];
const endings = ['Enter', 'Tab'];

/**
 * Returns a detector for one page.
 *
 * - `take({ key, at, repeat })`, with `at` in milliseconds, returns `{ typed, scanned, alone, begins }`: the strokes that are now known to be
 *   typing; whether this stroke is a scanner's; whether it is an Enter or Tab `alone`, too soon after typing; whether a code may begin
 *   with it. A stroke that is neither typed nor scanned is held.
 * - `release()` returns the held strokes: `holdMs` after the latest one they are typing.
 */
export function scanDetector() {
  let keys = 0;
  let characters = 0;
  /** How many characters differ from the one before; and the latest one. */
  let changes = 0;
  let latest;
  let first = 0;
  let last = -Infinity;
  let scannedAt = -Infinity;
  let endedAt = -Infinity;
  /** Whether the keys since the latest pause have stalled: a code stalls once, after its first keys. */
  let hasStalled = false;
  let held = [];

  const release = () => held.splice(0);
  const restart = (at, count, isCharacter = true) => {
    keys = count;
    characters = isCharacter ? count : 0;
    changes = characters;
    latest = undefined;
    first = at;
    last = at;
  };
  const scan = (at) => {
    held = [];
    scannedAt = at;
    return { typed: [], scanned: true, begins: false };
  };
  /** An Enter or Tab after what is no code: it presses nothing, and the characters stay typed. */
  const end = (at, countsFrom = at) => {
    last = at;
    endedAt = countsFrom;
    const typed = release().filter(({ key }) => !endings.includes(key));
    return { typed, scanned: true, alone: true, begins: false };
  };

  function take(stroke) {
    const { key, at, repeat } = stroke;
    const gap = Math.max(0, at - last);
    const isOne = gap <= gapMs;
    if (modifiers.includes(key)) {
      if (isOne) last = at;
      return { typed: [], scanned: false, begins: false };
    }
    // A key that is held down repeats as quickly as a scanner.
    if (repeat) {
      const typed = [...release(), stroke];
      restart(-Infinity, 0);
      return { typed, scanned: false, begins: false };
    }
    if (at - scannedAt <= tailMs) {
      last = at;
      return isOne ? scan(at) : { typed: [], scanned: true, begins: false };
    }
    if (endings.includes(key) && at - endedAt <= tailMs) return end(at, isOne ? at : endedAt);
    const begins = gap > restMs || (!isOne && hasStalled);
    if (!isOne) hasStalled = gap <= restMs;
    // Unknown keys are no burst, but no person presses Enter right after them.
    if (unnamed.includes(key)) {
      const typed = release();
      restart(at, 1);
      return { typed, scanned: false, begins };
    }
    const typed = isOne ? [] : release();
    const isCharacter = [...key].length === 1;
    if (isOne) {
      keys += 1;
      characters += Number(isCharacter);
      changes += Number(isCharacter && key !== latest);
      last = at;
    } else restart(at, 1, isCharacter);
    if (isCharacter) latest = key;
    const mean = keys > 1 ? (at - first) / (keys - 1) : Infinity;
    const isBurst = (changes >= fewest && mean <= meanMs) || characters >= many;
    const isEnding = endings.includes(key) && characters > 0 && mean <= meanMs;
    if (isEnding && changes === 1 && !isBurst) return end(at);
    if (isBurst || isEnding) return scan(at);
    held.push(stroke);
    return { typed, scanned: false, begins };
  }

  return { take, release };
}

// Tells the keys of a barcode scanner from typing. A scanner is a keyboard to the computer: a burst of keys, some 3 to 30 ms
// apart, that ends with Enter, with Tab or with nothing. Pure: strokes with their times go in, decisions come out.

/** Keys with longer gaps than this do not belong to one burst. Fast typists need 60 ms a key and more. */
export const gapMs = 45;
/** How long a stroke is held until it is known that no burst follows. */
export const holdMs = gapMs + 5;
/** After a burst, for how long a late key still belongs to it: nobody has taken their hand from the scanner by then. */
export const tailMs = 250;

/** After a shorter rest than this, a key may still be of a burst that began haltingly: hands do not go from keys to scanner so fast. */
const restMs = 120;
/**
 * A burst is so many characters this quick on average, or more of them without a longer gap at all. The zeros that the “000” key
 * of a keypad sends at once are one key of a person: of the fewest, a character that comes again and again counts once.
 */
const meanMs = 35;
const fewest = 3;
const many = 6;

const modifiers = ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock'];
/** What stands for a key while a keyboard on the screen or an input method is at work. */
const unnamed = ['Unidentified', 'Process', 'Dead'];
const endings = ['Enter', 'Tab'];

/**
 * A detector for one page.
 *
 * - `take(stroke)`, of `{ key, at, repeat }` with `at` in milliseconds, answers `{ typed, scanned, alone, begins }`: the strokes
 *   that are now known to be typing (of before, or this one), whether this stroke is a scanner's, whether it is one `alone`, which
 *   came too quickly behind what was typed, and whether a scanner's code may begin with it and not before.
 *   A stroke that is neither typed nor scanned is held.
 * - `release()` answers the strokes that are held: `holdMs` after the latest one they are known to be typing.
 */
export function scanDetector() {
  let keys = 0;
  let characters = 0;
  /** Of the characters, those that differ from the one before; and the latest of them. */
  let changes = 0;
  let latest;
  let first = 0;
  let last = -Infinity;
  let scannedAt = -Infinity;
  let endedAt = -Infinity;
  /** Whether the keys since the latest rest have stalled: a code stalls once, behind its first keys; more of it is typing. */
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
  /** Takes what ends a code from behind what is no code: nothing is pressed, and the characters stay typed. */
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
    // A key that somebody holds down comes as quickly as a scanner's.
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
    // Which keys these are, nobody knows: they are no burst, but Enter at once behind them is no person's.
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

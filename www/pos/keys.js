// The hardware keyboard. A barcode scanner is one too, and must neither type an amount nor press anything (scanner.js): a key that
// the page acts on waits for a moment, until it is known that no burst follows it.
import { holdMs, scanDetector } from './scanner.js';

const fields = 'input:not([type="radio"]), select, textarea';
/** A key may be filled in by a program or read from a card, with Enter behind it: that signs in, as it is meant to. */
const takesEnter = 'input[autocomplete="current-password"]';
const detector = scanDetector();
let how;
let timer;

/**
 * Wires the keyboard. `wants(key, target)` tells whether a key is for the page, not for what has the focus; `act(key, repeat)`
 * acts on it once it is known to be typing. `mark()` remembers how things stood before a key that may begin a burst, and
 * `onScan(target, stopped)` goes back to that, should the keys of a burst have come so late that some had been acted on.
 * `onEarly(target, stopped)` is told of an Enter or Tab that came like a scanner's behind what was typed. `stopped` names the
 * Enter or Tab that was kept from pressing anything.
 */
export function setUpKeys(page) {
  how = page;
  addEventListener('keydown', onKey, { capture: true });
  // Whoever touches something has typed before that.
  for (const name of ['pointerdown', 'click', 'paste']) addEventListener(name, release, { capture: true });
}

function onKey(event) {
  const { key, target, repeat, isComposing, timeStamp: at } = event;
  // Filling in forms makes events without a key; what an input method composes is no key of ours.
  if (typeof key !== 'string' || isComposing || (event.keyCode === 229 && key === 'Enter')) return;
  // A shortcut types nothing, so an Enter behind it ends no code. With Alt it may be AltGr, which types.
  if ((event.ctrlKey || event.metaKey) && !event.altKey) return;
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const isWanted = isPlain && how.wants(key, target);
  const { typed, scanned, alone, begins } = detector.take({ key, at, repeat, isWanted });
  deliver(typed.filter((stroke) => stroke.at !== at));
  if (scanned) {
    // A code may fill a field; what ends it presses nothing.
    const isEnding = (key === 'Enter' && !target.matches?.(takesEnter)) || key === 'Tab';
    if (isEnding || !target.matches?.(fields)) stop(event);
    clearTimeout(timer);
    return (alone ? how.onEarly : how.onScan)(target, isEnding ? key : undefined);
  }
  if (begins) how.mark();
  // The same key must not press what the focus comes to.
  if (isWanted) stop(event);
  deliver(typed.filter((stroke) => stroke.at === at));
  clearTimeout(timer);
  timer = setTimeout(release, holdMs);
}

function release() {
  clearTimeout(timer);
  deliver(detector.release());
}

function deliver(strokes) {
  for (const { key, repeat, isWanted } of strokes) if (isWanted) how.act(key, repeat);
}

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

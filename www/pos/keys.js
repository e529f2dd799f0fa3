// The hardware keyboard. A barcode scanner must neither type an amount nor press a button (scanner.js): a key waits until it is certain that
// no burst follows.
import { holdMs, scanDetector } from './scanner.js';

const fields = 'input:not([type="radio"]), select, textarea';
/** A password manager or a card reader may type the key to sign in, with Enter. */
const takesEnter = 'input[autocomplete="current-password"]';
const detector = scanDetector();
let how;
let timer;

/**
 * Wires the keyboard. `wants(key, target)` returns whether a key is for the page, not for the focused element; `act(key, repeat)` handles
 * it once it is known to be typing. `mark()` saves the state before a key that may begin a burst, and `onScan(target, stopped)` restores
 * it. `onEarly(target, stopped)` reports an Enter or Tab that came too soon after typing. `stopped` is the Enter or Tab that was
 * suppressed.
 */
export function setUpKeys(page) {
  how = page;
  addEventListener('keydown', onKey, { capture: true });
  // What was typed comes before a touch.
  for (const name of ['pointerdown', 'click', 'paste']) addEventListener(name, release, { capture: true });
}

function onKey(event) {
  const { key, target, repeat, isComposing, timeStamp: at } = event;
  // Autofill makes events without a key; input methods compose text.
  if (typeof key !== 'string' || isComposing || (event.keyCode === 229 && key === 'Enter')) return;
  // A shortcut types nothing. With Alt it may be AltGr, which types.
  if ((event.ctrlKey || event.metaKey) && !event.altKey) return;
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const isWanted = isPlain && how.wants(key, target);
  const { typed, scanned, alone, begins } = detector.take({ key, at, repeat, isWanted });
  dispatch(typed.filter((stroke) => stroke.at !== at));
  if (scanned) {
    // A code may fill a field, but its end presses nothing.
    const isEnding = (key === 'Enter' && !target.matches?.(takesEnter)) || key === 'Tab';
    if (isEnding || !target.matches?.(fields)) stop(event);
    clearTimeout(timer);
    return (alone ? how.onEarly : how.onScan)(target, isEnding ? key : undefined);
  }
  if (begins) how.mark();
  // The same key must not press what gets the focus.
  if (isWanted) stop(event);
  dispatch(typed.filter((stroke) => stroke.at === at));
  clearTimeout(timer);
  timer = setTimeout(release, holdMs);
}

function release() {
  clearTimeout(timer);
  dispatch(detector.release());
}

function dispatch(strokes) {
  for (const { key, repeat, isWanted } of strokes) if (isWanted) how.act(key, repeat);
}

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

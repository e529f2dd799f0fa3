// Drawing anew what changed by itself, without taking it from under who is at it.
import { byId } from '/lib/dom.js';

/**
 * Puts `parts` into `main`. The focus stays on what has the same id or leads to the same place, and goes to the headline if
 * there is nothing of the kind any more.
 */
export function replaceQuietly(main, parts) {
  const at = document.activeElement;
  const wasInside = main.contains(at);
  main.replaceChildren(...parts);
  if (!wasInside) return;
  const same = byId(at.id) ?? [...main.querySelectorAll('a')].find(({ href }) => href === at.href);
  (same ?? byId('title')).focus({ preventScroll: true });
}

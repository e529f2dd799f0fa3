// Updates content without taking the focus from the user.
import { byId } from '/lib/dom.js';

/** Replaces the content of `main` by `parts`. The focus stays on the element with the same id or link, or else goes to the headline. */
export function replacePreservingFocus(main, parts) {
  const at = document.activeElement;
  const wasInside = main.contains(at);
  main.replaceChildren(...parts);
  if (!wasInside) return;
  const same = byId(at.id) ?? [...main.querySelectorAll('a')].find(({ href }) => href === at.href);
  (same ?? byId('title')).focus({ preventScroll: true });
}

// Compago's form, embedded in this page. Its messages to this page are not documented and are ignored.
import { byId, element } from '/lib/dom.js';

const place = byId('form');
let frame;

/** Shows the form at `url`. One that is shown already stays, with all that was typed. */
export function showForm(url, title, onReturn) {
  place.hidden = false;
  if (frame?.src !== new URL(url).href) {
    // Wallets need this permission.
    frame = element('iframe', { src: url, attributes: { allow: 'payment' } });
    frame.addEventListener('load', () => hasReturned() && onReturn());
    place.replaceChildren(frame);
  }
  frame.title = title;
}

/** Removes the form. Returns whether it had the focus. */
export function hideForm() {
  const focused = document.activeElement === frame && Boolean(frame);
  frame = undefined;
  place.replaceChildren();
  place.hidden = true;
  return focused;
}

/** Returns whether the frame has navigated back to this page: documents of another origin cannot be read. */
const hasReturned = () => frame?.contentDocument?.location.pathname === location.pathname;

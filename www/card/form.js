// The form that Compago shows inside this page. What it says to the page around it is not documented, so nobody listens.
import { byId, element } from '/lib/dom.js';

const place = byId('form');
let frame;

/** Shows the form at `url`; one that is there already stays as it is, with all that was typed into it. */
export function showForm(url, title, onReturn) {
  place.hidden = false;
  if (frame?.src !== new URL(url).href) {
    // A wallet in the form asks for this.
    frame = element('iframe', { src: url, attributes: { allow: 'payment' } });
    frame.addEventListener('load', () => cameBack() && onReturn());
    place.replaceChildren(frame);
  }
  frame.title = title;
}

/** Takes the form away. Tells whether somebody was in it. */
export function hideForm() {
  const focused = document.activeElement === frame && Boolean(frame);
  frame = undefined;
  place.replaceChildren();
  place.hidden = true;
  return focused;
}

/** Whether the form has left for this page: a document of another origin cannot be seen. */
const cameBack = () => frame?.contentDocument?.location.pathname === location.pathname;

// The address of a view: `/operator?view=payments&status=confirmed&page=2`.
import { withQuery } from './api.js';
import { placeOf } from './places.js';

let onMove;
/** The last address that was moved to: a jump within the page is no move. */
let last = location.search;

export const queryNow = () => new URLSearchParams(location.search);

/** The address of `view` with `params`; empty ones are left out. */
export const addressOf = (view, params = {}) => withQuery('/operator', { view, ...params });

/** The address of a place of places.js; undefined for none. */
export function addressAt(place) {
  const { view, ...params } = place ?? {};
  return view && addressOf(view, params);
}

/** The address of an order (`reference`), or else of a payment; undefined if neither is known. */
export const storyOf = (known) => addressAt(placeOf('finding', known));

/** The address of something of that kind (places.js). */
export const hrefOf = (kind, known) => addressAt(placeOf(kind, known));

/** The address of what is shown, with some of its parameters changed; an empty value takes one out. */
export const changed = (changes) => withQuery('/operator', { ...Object.fromEntries(queryNow()), ...changes });

/**
 * Goes to an address of the desk; to the one that is shown, it shows it anew, and Back leads where it led. `keepFocus`: what was
 * operated stays under the hand, as when a filter is set.
 */
export function go(href, { keepFocus = false, replace = false } = {}) {
  if (replace || new URL(href, location.href).href === location.href) history.replaceState(null, '', href);
  else {
    history.replaceState({ scroll: scrollY }, '');
    history.pushState(null, '', href);
  }
  last = location.search;
  onMove({ focus: !keepFocus, scroll: keepFocus ? undefined : 0 });
}

/**
 * Has links of the desk lead on without loading the page again; one with `data-stay` keeps the focus. `move({ focus, scroll })`
 * shows the view of the address.
 */
export function setUpAddress(move) {
  onMove = move;
  history.scrollRestoration = 'manual';
  addEventListener('popstate', ({ state }) => {
    if (location.search === last) return;
    last = location.search;
    move({ focus: true, scroll: state?.scroll ?? 0 });
  });
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    if (!link || !isPlain(event) || link.target || link.hasAttribute('download')) return;
    const { origin, pathname, hash, href } = new URL(link.href);
    if (origin !== location.origin || pathname !== '/operator' || hash) return;
    event.preventDefault();
    go(href, { keepFocus: 'stay' in link.dataset });
  });
}

/** Whether a click means this tab. */
const isPlain = ({ button, defaultPrevented, ctrlKey, metaKey, shiftKey, altKey }) =>
  button === 0 && !defaultPrevented && !(ctrlKey || metaKey || shiftKey || altKey);

// URLs of views: `/operator?view=payments&status=confirmed&page=2`.
import { withQuery } from './api.js';
import { placeOf } from './places.js';

let onMove;
/** The query of the last navigation: a jump within the page is none. */
let last = location.search;

export const queryNow = () => new URLSearchParams(location.search);

/** Returns the URL of `view` with `params`, without those that are empty. */
export const addressOf = (view, params = {}) => withQuery('/operator', { view, ...params });

/** Returns the URL of a place of places.js, or undefined. */
export function addressAt(place) {
  const { view, ...params } = place ?? {};
  return view && addressOf(view, params);
}

/** Returns the URL of an order (`reference`), or else of a payment; undefined if neither is known. */
export const detailHref = (known) => addressAt(placeOf('finding', known));

/** Returns the URL of a thing of that kind (places.js). */
export const hrefOf = (kind, known) => addressAt(placeOf(kind, known));

/** Returns the current URL with some parameters changed; an empty value removes one. */
export const changed = (changes) => withQuery('/operator', { ...Object.fromEntries(queryNow()), ...changes });

/**
 * Navigates to a URL of this page; the current one is shown anew without a history entry. `keepFocus`: the focus stays, as when a filter is
 * set.
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
 * Handles links of this page without reloading it; one with `data-stay` keeps the focus. `move({ focus, scroll })` shows the view of the
 * URL.
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

/** Returns whether a click is for this tab. */
const isPlain = ({ button, defaultPrevented, ctrlKey, metaKey, shiftKey, altKey }) =>
  button === 0 && !defaultPrevented && !(ctrlKey || metaKey || shiftKey || altKey);

// The link that is offered when the checkout did not open.
import { make } from './element.js';
import { followCheckoutLink } from './navigate.js';

/** Returns the link, or nothing if the address is none of a page. `onTab()` is called once the checkout has opened in another tab. */
export function checkoutLink(address, host, onTab) {
  if (!/^https?:/.test(address)) return [];
  const onclick = (event) => {
    event.preventDefault();
    if (followCheckoutLink(address)) onTab?.();
  };
  return [make('a', { part: 'checkout', href: address, onclick }, host.word('goOn'))];
}

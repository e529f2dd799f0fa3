// What went wrong, in the words of the elements.
import { isFinal } from '../send-once.js';
import { isMisplaced } from './purchase.js';

/** Codes of refusals, for which the shop cannot take payments until its owner acts. */
const ofOwner = ['provider-refused', 'misconfigured', 'catalog-unreadable', 'shop-file-unreadable', 'unknown-shipping', 'shipping-required'];

/** Returns the key of the words that say why there is nothing to buy. */
export function keyWithoutPrice(error) {
  if (isMisplaced(error)) return 'elsewhere';
  if (ofOwner.includes(error.code)) return 'cannotSell';
  return error.temporary ? 'noCatalog' : 'notOnSale';
}

/** Returns the words, of `host`, for why no order was created. */
export function textOf(error, host) {
  const { code, reference, minimum, status, retryAfterMs = 30_000 } = error;
  if (['payment-on-hold', 'order-paid'].includes(code)) return host.word('heldBefore', { reference });
  if (code === 'amount-below-minimum' && minimum) return host.word('below', { minimum: host.money(minimum) });
  if (ofOwner.includes(code)) return host.word('cannotSell');
  if (code === 'too-many-requests') return host.word('tooMany', { seconds: Math.ceil(retryAfterMs / 1000) });
  if (status === 429) return host.word('busy', { minutes: Math.ceil(retryAfterMs / 60_000) });
  if (isMisplaced(error)) return host.word('elsewhere');
  if (code === 'payment-refused') return host.word('refused');
  return host.word(isFinal(error) ? 'notMade' : 'noAnswer');
}

/** Returns whether a problem may come from what has changed in the catalog since it was shown. */
export const isOutdated = ({ pointer }) => /^\/(items|shipping)\b/.test(pointer);

/** Returns in words what cannot be bought any more, if the order was refused for nothing else. */
export function goneOf({ errors = [] }, { items }, host) {
  const lines = errors.map(({ pointer, code }) => ['sku-sold-out', 'sku-unknown'].includes(code) && items[pointer.split('/')[2]]);
  if (!lines.every(Boolean)) return [];
  const nameOf = (sku) => {
    const item = host.catalog.items.find((one) => one.sku === sku);
    return item ? host.nameOf(item) : sku;
  };
  return lines.map(({ sku }) => host.word('gone', { name: nameOf(sku) }));
}

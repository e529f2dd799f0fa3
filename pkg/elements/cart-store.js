// The cart of a page's buyer, by Worker: in localStorage, shared by the elements of a page and by the tabs of its origin. It holds no price
// and no personal data.
import { readShared, writeShared } from './shared.js';

/** The largest quantity of an item, and the largest number of items of an order: the Worker refuses more. */
export const MOST = 99;
export const MOST_ITEMS = 50;

/** The listeners of this page, by Worker. */
const listeners = new Map();

const placeOf = (worker) => `compago-cart ${worker}`;

/** Returns the lines, `{ sku, quantity, name }`, in the order in which they were added. `name` is undefined unless it was given. */
export function read(worker) {
  const { lines } = kept(worker);
  const seen = new Set();
  const isNew = ({ sku }) => !seen.has(sku) && seen.add(sku);
  return (Array.isArray(lines) ? lines : []).filter((line) => isLine(line) && isNew(line)).slice(0, MOST_ITEMS);
}

/**
 * Adds to the quantity of `sku`. `name` is what the item is called, should the catalog no longer have it. Returns whether all of
 * it fits: at most 99 of an item and 50 items do, and what does not is left out.
 */
export function add(worker, sku, quantity = 1, name = undefined) {
  const before = read(worker).find((line) => line.sku === sku)?.quantity ?? 0;
  return setQuantity(worker, sku, before + quantity, name);
}

/** Sets the quantity of `sku`; zero removes it. Returns whether it fits, as `add` does. */
export function setQuantity(worker, sku, quantity, name = undefined) {
  if (!Number.isInteger(quantity) || typeof sku !== 'string' || !sku) return false;
  const lines = read(worker);
  const at = lines.findIndex((line) => line.sku === sku);
  if (quantity < 1) {
    if (at >= 0) write(worker, { lines: lines.filter((line) => line.sku !== sku) });
    return true;
  }
  if (at < 0 && lines.length >= MOST_ITEMS) return false;
  const line = { sku, quantity: Math.min(quantity, MOST), name: name ?? lines[at]?.name };
  write(worker, { lines: at < 0 ? [...lines, line] : lines.map((other) => (other.sku === sku ? line : other)) });
  return quantity <= MOST;
}

export const remove = (worker, sku) => setQuantity(worker, sku, 0);

/** Removes all lines. */
export const clear = (worker) => write(worker, { lines: [] });

/** Returns the capability of the order that was placed for the cart and has not ended, or undefined. */
export function orderOf(worker) {
  const { order } = kept(worker);
  return typeof order?.order === 'string' ? order.order : undefined;
}

/** Remembers that `order` was placed for `lines`. */
export const keepOrder = (worker, order, lines) => write(worker, { order: { order, lines } });

/** Forgets the order that was placed for the cart. If it was paid, what it has bought leaves the cart; what was added since stays. */
export function settle(worker, order, { paid }) {
  if (orderOf(worker) !== order) return;
  const { lines: bought } = kept(worker).order;
  const boughtOf = (sku) => (Array.isArray(bought) ? bought : []).find((line) => line?.sku === sku)?.quantity ?? 0;
  const left = read(worker).map((line) => ({ ...line, quantity: line.quantity - boughtOf(line.sku) }));
  write(worker, { ...(paid && { lines: left.filter(isLine) }), order: undefined });
}

/** Calls `listener` after each change, by this page or another tab, and when a page is shown again. Returns a function that ends it. */
export function subscribe(worker, listener) {
  const ofPage = listeners.get(worker) ?? new Set();
  listeners.set(worker, ofPage.add(listener));
  // The key is null if all was removed.
  const onStorage = ({ key }) => [placeOf(worker), null].includes(key) && listener();
  // A page in the back/forward cache gets no events of other tabs.
  const onShown = ({ persisted }) => persisted && listener();
  addEventListener('storage', onStorage);
  addEventListener('pageshow', onShown);
  return () => {
    ofPage.delete(listener);
    removeEventListener('storage', onStorage);
    removeEventListener('pageshow', onShown);
  };
}

const isLine = (line) => typeof line?.sku === 'string' && Number.isInteger(line.quantity) && line.quantity > 0 && line.quantity <= MOST;

const kept = (worker) => readShared(placeOf(worker)) ?? {};

function write(worker, change) {
  writeShared(placeOf(worker), { ...kept(worker), ...change });
  for (const listener of [...(listeners.get(worker) ?? [])]) listener();
}

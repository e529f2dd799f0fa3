// What the shop sells and how it ships, with the lines of the cart by it.
import { cart, centavos } from '/lib/cart.js';
import { money } from '/lib/words.js';

let catalog = { items: [], currency: 'MXN' };
let isLoaded = false;

/** Fetches the catalog. Rejects with the `code` of the Worker's refusal. */
export async function loadCatalog() {
  const response = await fetch('/catalog.json');
  if (!response.ok) {
    const { code } = await response.json().catch(() => ({}));
    throw Object.assign(new Error(`catalog: HTTP ${response.status}`), { code });
  }
  catalog = await response.json();
  isLoaded = true;
}

export const catalogIsLoaded = () => isLoaded;
export const items = () => catalog.items;
export const shippingMethods = () => catalog.shippingMethods ?? [];

/** Formats decimal text or centavos in the catalog's currency. */
export const price = (amount) => money(amount, catalog.currency);

export const isSoldOut = ({ available }) => available === false;

/** Returns the lines of the cart that the catalog has, in its order. A sold-out line is shown, and is not ordered. */
export function shownLines() {
  const counts = cart.read();
  return catalog.items
    .filter(({ sku }) => counts.has(sku))
    .map((item) => ({
      item,
      quantity: counts.get(item.sku),
      centavos: counts.get(item.sku) * centavos(item.unitAmount),
    }));
}

/** Returns the lines that are ordered. */
export const lines = () => shownLines().filter(({ item }) => !isSoldOut(item));

/** Returns the sum of the lines in centavos, without shipping. */
export const subtotal = () => lines().reduce((sum, line) => sum + line.centavos, 0);

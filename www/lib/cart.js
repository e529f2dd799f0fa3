// The cart: quantities by sku, stored in this browser and shared by its tabs. It holds no price and no personal data.
import { ofBrowser } from './kept.js';

const kept = ofBrowser('cart');
/** The largest quantity of an item. */
export const most = 99;

export const cart = {
  read() {
    const lines = Object.entries(kept.read() ?? {});
    return new Map(lines.filter(([, count]) => Number.isInteger(count) && count > 0 && count <= most));
  },

  /** Sets the quantity of `sku`; zero removes it. */
  set(sku, count) {
    const lines = this.read();
    if (count > 0) lines.set(sku, Math.min(count, most));
    else lines.delete(sku);
    write(lines);
  },

  /** Removes what an order has bought, and keeps what was added since. */
  take(items) {
    const lines = this.read();
    for (const { sku, quantity } of items) {
      const left = (lines.get(sku) ?? 0) - quantity;
      if (left > 0) lines.set(sku, left);
      else lines.delete(sku);
    }
    write(lines);
  },

  /** Calls back when another tab changed the cart. */
  onElsewhere: kept.onElsewhere,
};

const write = (lines) => kept.write(Object.fromEntries(lines));

/** Returns the centavos of a decimal amount, exactly. */
export function centavos(amount) {
  const [pesos, cents = ''] = amount.split('.');
  return Number(pesos) * 100 + Number(cents.padEnd(2, '0'));
}

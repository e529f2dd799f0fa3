// The cart: quantities by sku, kept in this browser and shared by its tabs. It holds no price and nothing about a person.

const key = 'cart';
const most = 99;

export const cart = {
  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? '{}');
      return new Map(Object.entries(kept).filter(([, count]) => Number.isInteger(count) && count > 0 && count <= most));
    } catch {
      return new Map(fallback);
    }
  },

  /** Sets how many of `sku` there are; none takes it out. */
  set(sku, count) {
    const lines = this.read();
    if (count > 0) lines.set(sku, Math.min(count, most));
    else lines.delete(sku);
    write(lines);
  },

  /** Takes out what an order has bought, and leaves what was added since. */
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
  onElsewhere(change) {
    addEventListener('storage', (event) => {
      if (event.key === key) change();
    });
  },
};

/** Centavos of decimal text, exactly. */
export function centavos(amount) {
  const [pesos, cents = ''] = amount.split('.');
  return Number(pesos) * 100 + Number(cents.padEnd(2, '0'));
}

let fallback = new Map();

function write(lines) {
  fallback = lines;
  try {
    localStorage.setItem(key, JSON.stringify(Object.fromEntries(lines)));
  } catch {
    // Storage is forbidden: the cart lasts as long as the page.
  }
}

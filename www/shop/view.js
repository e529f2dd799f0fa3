// Renders all that follows from the cart: cards, lines, shipping and totals.
import { cart } from '/lib/cart.js';
import { byId } from '/lib/dom.js';
import { inLanguage, word } from '/lib/words.js';
import { drawCards } from './cards.js';
import { drawLines } from './cart-lines.js';
import { lines, shownLines } from './catalog.js';
import { drawDelivery, totalText } from './delivery.js';

/** Renders everything. `onChange(text)` is called after each change by the payer with what to announce. */
export function draw(onChange) {
  const redraw = (text) => {
    draw(onChange);
    onChange(text);
  };
  const change = (item, count) => {
    cart.set(item.sku, count);
    redraw(word(count > 0 ? 'inCart' : 'removed', { count, name: inLanguage(item.name), total: totalText() }));
  };
  const acts = { change, refuse: onChange };
  drawCards(acts);
  drawLines(acts);
  drawDelivery(redraw);
  drawTotals();
}

function drawTotals() {
  const count = lines().reduce((sum, { quantity }) => sum + quantity, 0);
  byId('cart-empty').hidden = shownLines().length > 0;
  byId('cart-totals').hidden = count === 0;
  byId('cart-total').textContent = totalText();
  byId('total-bar').hidden = count === 0;
  byId('total-bar-count').textContent = count === 1 ? word('oneThing') : word('manyThings', { count });
  byId('total-bar-amount').textContent = totalText();
}

// The packing slip: a page of paper without prices, that goes with what is packed.
import { element } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { number } from '../format.js';
import { paperHead } from '../seller.js';

/** Prints the slip of an order alone: its `items`, what is to be known `about` it, and the `lines` of where they go. */
export function printSlip({ order, items, about, lines }) {
  document.querySelector('.slip')?.remove();
  const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0);
  const slip = element(
    'div',
    { className: 'slip', ariaHidden: 'true' },
    paperHead(),
    element('p', { className: 'slip-order', textContent: word('story.ofOrder', { reference: order.reference }) }),
    ...about.filter(Boolean).map((text) => element('p', { textContent: text })),
    element('div', { className: 'slip-to' }, ...lines.filter(Boolean).map((text) => element('p', { textContent: text }))),
    element('ul', { className: items.length > 16 ? 'many' : '' }, ...items.map(line)),
    element('p', { className: 'slip-pieces', textContent: word('fulfilment.slipPieces', { pieces: number(pieces) }) }),
  );
  document.body.append(slip);
  document.documentElement.dataset.print = 'slip';
  addEventListener(
    'afterprint',
    () => {
      delete document.documentElement.dataset.print;
      slip.remove();
    },
    { once: true },
  );
  print();
}

const line = ({ sku, name, quantity }) =>
  element(
    'li',
    {},
    element('span', { className: 'slip-box' }),
    element('span', { className: 'slip-quantity', textContent: `${number(quantity)} ×` }),
    element('span', {}, name, ...(sku ? [' ', element('small', { textContent: sku, translate: false })] : [])),
  );

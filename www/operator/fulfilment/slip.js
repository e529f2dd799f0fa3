// The packing slip: a page of paper without prices, that goes with what is packed.
import { element } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { shown } from '/staff/times.js';

/** Prints the slip of an order alone: its `items`, and the `lines` of where they go. */
export function printSlip({ reference, items, at, lines }) {
  document.querySelector('.slip')?.remove();
  const shop = document.querySelector('.shop')?.textContent ?? '';
  const row = ({ sku, name, quantity }) =>
    element('li', {}, element('span', { className: 'slip-box' }), `${quantity} × ${name}`, element('small', { textContent: sku ? ` ${sku}` : '' }));
  const slip = element(
    'div',
    { className: 'slip', ariaHidden: 'true' },
    element('p', { className: 'slip-shop', textContent: shop, translate: false }),
    element('p', { textContent: `${word('story.ofOrder', { reference })} · ${shown(at, { dateStyle: 'long' })}` }),
    element('div', { className: 'slip-to' }, ...lines.filter(Boolean).map((text) => element('p', { textContent: text }))),
    element('ul', { className: items.length > 16 ? 'many' : '' }, ...items.map(row)),
  );
  document.body.append(slip);
  document.documentElement.dataset.print = 'slip';
  addEventListener('afterprint', () => {
    delete document.documentElement.dataset.print;
    slip.remove();
  }, { once: true });
  print();
}

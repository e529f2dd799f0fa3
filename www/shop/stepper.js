// The control that changes how many of an item are in the cart.
import { cart, most } from '/lib/cart.js';
import { element } from '/lib/dom.js';
import { inLanguage, word } from '/lib/words.js';

/** Creates the control. `change(item, count)` sets a quantity; `refuse(text)` explains why one is not possible. */
export function newStepper(item, { change, refuse }) {
  const step = (by) => () => {
    const count = (cart.read().get(item.sku) ?? 0) + by;
    if (count > most) return refuse(word('mostNamed', { most, name: inLanguage(item.name) }));
    change(item, count);
  };
  const less = element('button', { type: 'button', textContent: '−' });
  const more = element('button', { type: 'button', textContent: '+' });
  less.addEventListener('click', step(-1));
  more.addEventListener('click', step(1));
  const limit = element('span', { className: 'most' });
  return element('div', { className: 'stepper' }, less, element('span', { className: 'count' }), more, limit);
}

export function drawStepper(stepper, name, count) {
  const [less, shown, more, limit] = stepper.children;
  // It stays enabled, and a press explains the limit.
  more.setAttribute('aria-disabled', String(count >= most));
  limit.hidden = count < most;
  limit.textContent = word('most', { most });
  less.setAttribute('aria-label', word('oneLess', { name }));
  more.setAttribute('aria-label', word('oneMore', { name }));
  shown.textContent = count;
}

// Renders the lines of the cart. One that is sold out can only be removed.
import { byId, element } from '/lib/dom.js';
import { inLanguage, word } from '/lib/words.js';
import { isSoldOut, price, shownLines } from './catalog.js';
import { drawStepper, newStepper } from './stepper.js';

/** Renders the lines. `acts` are those of a stepper (stepper.js). */
export function drawLines(acts) {
  const list = byId('cart-lines');
  const shown = shownLines();
  for (const line of [...list.children]) {
    if (shown.some(({ item }) => item.sku === line.dataset.sku)) continue;
    const focused = line.contains(document.activeElement);
    line.remove();
    if (focused) byId('cart-title').focus();
  }
  for (const [at, { item, quantity, centavos }] of shown.entries()) {
    let line = list.querySelector(`[data-sku="${item.sku}"]`);
    if (!line) {
      line = newLine(item, acts);
      list.insertBefore(line, list.children[at] ?? null);
    }
    const name = inLanguage(item.name);
    const soldOut = isSoldOut(item);
    line.classList.toggle('sold-out', soldOut);
    line.querySelector('.name').textContent = name;
    line.querySelector('.money').textContent = soldOut ? '' : price(centavos);
    const remove = line.querySelector('.button');
    remove.textContent = word('remove');
    remove.setAttribute('aria-label', word('removeNamed', { name }));
    const stepper = line.querySelector('.stepper');
    stepper.hidden = soldOut;
    drawStepper(stepper, name, quantity);
    const note = line.querySelector('.none-left');
    note.hidden = !soldOut;
    note.textContent = word('soldOutLine');
  }
}

function newLine(item, acts) {
  const remove = element('button', { className: 'button quiet', type: 'button' });
  remove.addEventListener('click', () => acts.change(item, 0));
  return element(
    'li',
    { className: 'line-item', data: { sku: item.sku } },
    element('img', { ...(item.picture && { src: item.picture }), alt: '', width: 64, height: 48 }),
    element('span', { className: 'name' }),
    element('span', { className: 'money' }),
    newStepper(item, acts),
    element('p', { className: 'none-left' }),
    remove,
  );
}

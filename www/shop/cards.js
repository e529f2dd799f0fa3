// Renders the catalog as cards, each with its control. Those of the markup are taken over.
import { cart } from '/lib/cart.js';
import { byId, element } from '/lib/dom.js';
import { inLanguage, word } from '/lib/words.js';
import { catalogIsLoaded, isSoldOut, items, price } from './catalog.js';
import { drawStepper, newStepper } from './stepper.js';

/** Renders the cards. `acts` are those of a stepper (stepper.js). */
export function drawCards(acts) {
  if (!catalogIsLoaded()) return;
  byId('catalog-empty').hidden = items().length > 0;
  const list = byId('catalog');
  const counts = cart.read();
  list.setAttribute('aria-busy', 'false');
  const skus = items().map(({ sku }) => sku);
  for (const card of [...list.children]) if (!skus.includes(card.dataset.sku)) card.remove();
  for (const [at, item] of items().entries()) {
    let card = list.querySelector(`[data-sku="${item.sku}"]`);
    if (!card) list.insertBefore((card = newCard(item)), list.children[at] ?? null);
    card.classList.toggle('sold-out', isSoldOut(item));
    drawPicture(card.querySelector('.picture'), item.picture);
    card.querySelector('h3 a').textContent = inLanguage(item.name);
    card.querySelector('.text').textContent = inLanguage(item.description);
    card.querySelector('.price').textContent = price(item.unitAmount);
    drawControl(card.querySelector('.control'), item, counts.get(item.sku) ?? 0, acts);
  }
}

function newCard(item) {
  return element(
    'li',
    { className: 'card', data: { sku: item.sku } },
    element('img', { className: 'picture', alt: '', width: 320, height: 240, decoding: 'async' }),
    element('h3', {}, element('a', { href: `/productos/${item.sku}.html` })),
    element('p', { className: 'text' }),
    element(
      'div',
      { className: 'foot-row' },
      element('p', { className: 'price money' }),
      element('div', { className: 'control' }),
    ),
  );
}

/** An unchanged picture is not loaded again. */
function drawPicture(picture, source) {
  if (!source) picture.removeAttribute('src');
  else if (picture.getAttribute('src') !== source) picture.src = source;
}

/** Shows "Sold out", "Add" for zero, else the quantity, and preserves the focus. */
function drawControl(place, item, count, acts) {
  const focused = place.contains(document.activeElement);
  const name = inLanguage(item.name);
  if (isSoldOut(item)) {
    place.replaceChildren(element('p', { className: 'none-left', textContent: word('soldOut') }));
    if (focused) byId('catalog-title').focus();
  } else if (count === 0) {
    const add = element('button', {
      className: 'button',
      type: 'button',
      textContent: word('add'),
      ariaLabel: word('addNamed', { name }),
    });
    add.addEventListener('click', () => acts.change(item, 1));
    place.replaceChildren(add);
    if (focused) add.focus();
  } else if (place.querySelector('.stepper')) {
    drawStepper(place.firstElementChild, name, count);
  } else {
    const stepper = newStepper(item, acts);
    drawStepper(stepper, name, count);
    place.replaceChildren(stepper);
    if (focused) stepper.querySelectorAll('button')[1].focus();
  }
}

// Renders the catalog and the cart from the cart's quantities.
import { cart, centavos, most } from './cart.js';
import { byId, element } from './dom.js';
import { inLanguage, money, word } from './words.js';

let items = [];
let currency = 'MXN';
let isLoaded = false;

/** Fetches the catalog. Rejects with the `code` of the Worker's refusal. */
export async function loadCatalog() {
  const response = await fetch('/catalog.json');
  if (!response.ok) {
    const { code } = await response.json().catch(() => ({}));
    throw Object.assign(new Error(`catalog: HTTP ${response.status}`), { code });
  }
  ({ items, currency } = await response.json());
  isLoaded = true;
}

/** Returns the lines of the cart that are for sale, in the order of the catalog. */
export function lines() {
  const counts = cart.read();
  return items
    .filter(({ sku }) => counts.has(sku))
    .map((item) => ({
      item,
      quantity: counts.get(item.sku),
      centavos: counts.get(item.sku) * centavos(item.unitAmount),
    }));
}

/** Returns the total of the cart in centavos, for display: the Worker computes the amount that is charged. */
export const total = () => lines().reduce((sum, line) => sum + line.centavos, 0);
export const totalText = () => money(total(), currency);

/** Renders cards, cart and totals. `onChange` is called after each change by the user. */
export function draw(onChange) {
  drawCards(onChange);
  drawLines(onChange);
  const bought = lines();
  const count = bought.reduce((sum, { quantity }) => sum + quantity, 0);
  byId('cart-empty').hidden = count > 0;
  byId('cart-totals').hidden = count === 0;
  byId('cart-total').textContent = totalText();
  byId('total-bar').hidden = count === 0;
  byId('total-bar-count').textContent = count === 1 ? word('oneThing') : word('manyThings', { count });
  byId('total-bar-amount').textContent = totalText();
}

function drawCards(onChange) {
  if (!isLoaded) return;
  byId('catalog-empty').hidden = items.length > 0;
  const list = byId('catalog');
  const counts = cart.read();
  list.setAttribute('aria-busy', 'false');
  for (const skeleton of list.querySelectorAll('.awaited')) skeleton.remove();
  for (const item of items) {
    let card = list.querySelector(`[data-sku="${item.sku}"]`);
    if (!card) list.append((card = newCard(item)));
    const name = inLanguage(item.name);
    card.querySelector('h3').textContent = name;
    card.querySelector('.text').textContent = inLanguage(item.description);
    card.querySelector('.price').textContent = money(item.unitAmount, currency);
    drawControl(card.querySelector('.control'), item, counts.get(item.sku) ?? 0, onChange);
  }
}

function newCard(item) {
  const picture = element('img', {
    className: 'picture',
    ...(item.picture && { src: item.picture }),
    alt: '',
    width: 320,
    height: 240,
    decoding: 'async',
  });
  return element(
    'li',
    { className: 'card', data: { sku: item.sku } },
    picture,
    element('h3'),
    element('p', { className: 'text' }),
    element(
      'div',
      { className: 'foot-row' },
      element('p', { className: 'price money' }),
      element('div', { className: 'control' }),
    ),
  );
}

/** Shows "Add" for zero, else the quantity, and preserves the focus. */
function drawControl(place, item, count, onChange) {
  const focused = place.contains(document.activeElement);
  const name = inLanguage(item.name);
  if (count === 0) {
    const add = element('button', {
      className: 'button',
      type: 'button',
      textContent: word('add'),
      ariaLabel: word('addNamed', { name }),
    });
    add.addEventListener('click', () => change(item, 1, onChange));
    place.replaceChildren(add);
    if (focused) add.focus();
  } else if (place.querySelector('.stepper')) {
    drawStepper(place.firstElementChild, name, count);
  } else {
    const stepper = newStepper(item, onChange);
    drawStepper(stepper, name, count);
    place.replaceChildren(stepper);
    if (focused) stepper.querySelectorAll('button')[1].focus();
  }
}

function drawLines(onChange) {
  const list = byId('cart-lines');
  const bought = lines();
  for (const line of [...list.children]) {
    if (bought.some(({ item }) => item.sku === line.dataset.sku)) continue;
    const focused = line.contains(document.activeElement);
    line.remove();
    if (focused) byId('cart-title').focus();
  }
  for (const [at, { item, quantity, centavos: cost }] of bought.entries()) {
    let line = list.querySelector(`[data-sku="${item.sku}"]`);
    if (!line) {
      line = newLine(item, onChange);
      list.insertBefore(line, list.children[at] ?? null);
    }
    const name = inLanguage(item.name);
    line.querySelector('.name').textContent = name;
    line.querySelector('.money').textContent = money(cost, currency);
    const remove = line.querySelector('.button');
    remove.textContent = word('remove');
    remove.setAttribute('aria-label', word('removeNamed', { name }));
    drawStepper(line.querySelector('.stepper'), name, quantity);
  }
}

function newLine(item, onChange) {
  const remove = element('button', { className: 'button quiet', type: 'button' });
  remove.addEventListener('click', () => change(item, 0, onChange));
  return element(
    'li',
    { className: 'line-item', data: { sku: item.sku } },
    element('img', { ...(item.picture && { src: item.picture }), alt: '', width: 64, height: 48 }),
    element('span', { className: 'name' }),
    element('span', { className: 'money' }),
    newStepper(item, onChange),
    remove,
  );
}

function newStepper(item, onChange) {
  const step = (by) => () => {
    const count = (cart.read().get(item.sku) ?? 0) + by;
    if (count > most) return onChange(mostWords(item));
    change(item, count, onChange);
  };
  const less = element('button', { type: 'button', textContent: '−' });
  const more = element('button', { type: 'button', textContent: '+' });
  less.addEventListener('click', step(-1));
  more.addEventListener('click', step(1));
  const limit = element('span', { className: 'most' });
  return element('div', { className: 'stepper' }, less, element('span', { className: 'count' }), more, limit);
}

function drawStepper(stepper, name, count) {
  const [less, shown, more, limit] = stepper.children;
  // It stays enabled, and a press explains the limit.
  more.setAttribute('aria-disabled', String(count >= most));
  limit.hidden = count < most;
  limit.textContent = word('most', { most });
  less.setAttribute('aria-label', word('oneLess', { name }));
  more.setAttribute('aria-label', word('oneMore', { name }));
  shown.textContent = count;
}

const mostWords = ({ name }) => word('mostNamed', { most, name: inLanguage(name) });

function change(item, count, onChange) {
  cart.set(item.sku, count);
  draw(onChange);
  const said = { count, name: inLanguage(item.name), total: totalText() };
  onChange(word(count > 0 ? 'inCart' : 'removed', said));
}

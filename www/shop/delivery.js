// The step of the cart that chooses how the order is shipped, and the total with its fee.
import { centavos } from '/lib/cart.js';
import { byId, element } from '/lib/dom.js';
import { draft } from '/lib/order.js';
import { shopAddress } from '/lib/shop.js';
import { inLanguage, word } from '/lib/words.js';
import { price, shippingMethods, subtotal } from './catalog.js';

/** Returns the chosen method, by default the catalog's first; undefined in a shop without methods. */
export function chosenMethod() {
  const methods = shippingMethods();
  const chosen = draft.read()?.method;
  return methods.find(({ method }) => method === chosen) ?? methods[0];
}

/** Returns the fee of a method for this cart in centavos, for display: the Worker computes the one that is charged. */
function feeOf({ amount, freeFrom }) {
  return freeFrom !== undefined && subtotal() >= centavos(freeFrom) ? 0 : centavos(amount);
}

/** Returns the total in centavos, for display: the Worker computes the amount that is charged. */
export function total() {
  const method = chosenMethod();
  return subtotal() && subtotal() + (method ? feeOf(method) : 0);
}

export const totalText = () => price(total());

/** Returns the `shipping` of an order from what was typed; undefined in a shop without methods. */
export function shippingOf({ recipient, instructions }) {
  const method = chosenMethod();
  return method && { method: method.method, ...filled(method.pickup ? { recipient } : { recipient, instructions }) };
}

const filled = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim()));

/** Renders the methods and the rows of the totals that come from them. `onChoose` is called after the payer chose another one. */
export function drawDelivery(onChoose) {
  const methods = shippingMethods();
  const chosen = chosenMethod();
  byId('delivery').hidden = methods.length === 0 || subtotal() === 0;
  byId('subtotal-row').hidden = methods.length === 0;
  byId('subtotal').textContent = price(subtotal());
  byId('shipping-name').textContent = chosen ? inLanguage(chosen.name) : word('shipping');
  byId('shipping-amount').textContent = chosen ? feeText(chosen) : word('shippingIncluded');
  byId('extras').hidden = methods.length === 0;
  drawTexts(chosen);
  const list = byId('delivery-methods');
  const codes = methods.map(({ method }) => method).join();
  if (list.dataset.codes !== codes) {
    list.dataset.codes = codes;
    list.replaceChildren(...methods.map((method) => newMethod(method, onChoose)));
  }
  for (const [at, method] of methods.entries()) drawMethod(list.children[at], method, method === chosen);
}

/** Says what the form asks for: whoever picks the order up needs no carrier, but Compago requires a billing address. */
function drawTexts(method) {
  const isPickup = Boolean(method?.pickup);
  for (const [id, name] of [['address-hint', 'addressHint'], ['extras-summary', 'extras'], ['recipient-label', 'recipient']]) {
    const text = byId(id);
    text.dataset.word = isPickup ? `${name}Pickup` : name;
    text.textContent = word(text.dataset.word);
  }
  byId('instructions-field').hidden = isPickup;
}

function newMethod({ method }, onChoose) {
  const radio = element('input', { type: 'radio', name: 'method', value: method, attributes: { form: 'checkout' } });
  radio.addEventListener('change', () => onChoose(word('methodChosen', { name: inLanguage(chosenMethod().name), total: totalText() })));
  const parts = ['method-name', 'money', 'hint'].map((className) => element('span', { className }));
  return element('label', { className: 'method' }, radio, ...parts);
}

function drawMethod(label, method, isChosen) {
  const [radio, name, fee, hint] = label.children;
  radio.checked = isChosen;
  name.textContent = inLanguage(method.name);
  fee.textContent = feeText(method);
  const isFree = feeOf(method) === 0;
  const freeFrom = method.freeFrom && !isFree ? word('freeFrom', { amount: price(method.freeFrom) }) : '';
  hint.textContent = method.pickup ? word('pickup', { address: shopAddress() }) : freeFrom;
  hint.hidden = !hint.textContent;
  label.classList.toggle('hinted', !hint.hidden);
}

const feeText = (method) => (feeOf(method) === 0 ? word('free') : price(feeOf(method)));

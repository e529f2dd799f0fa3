// The pad: digits fill from the right in centavos, as on a card terminal, by touch and by keyboard alike.
import { byId } from '/lib/dom.js';
import { money, word } from '/lib/words.js';
import { say } from '/staff/say.js';
import { draft } from './kept.js';

const section = byId('sale');
const title = byId('pad-title');
const amountField = byId('amount');
const reference = byId('reference');

/** As many digits as fit on the display and into an amount of ours. */
const largest = 9_999_999_999;
/** A pause in the typing, after which the amount is read out once. */
const pauseMs = 900;

let centavos = 0;
let telling;

/** Wires the pad; `onCharge({ amount, reference })` is called with what was typed, however it was sent. */
export function setUpPad(onCharge) {
  restore(draft.read());
  byId('keys').addEventListener('click', ({ target }) => press(target.closest('[data-key]')?.dataset.key));
  // A press by pointer leaves the focus where it is: Enter on the hardware keyboard then still charges.
  byId('keys').addEventListener('mousedown', (event) => event.preventDefault());
  byId('clear').addEventListener('click', () => press('Escape'));
  reference.addEventListener('input', () => {
    showProblem('reference');
    keep();
  });
  section.addEventListener('submit', (event) => {
    event.preventDefault();
    if (centavos === 0) return showProblem('amount', word('amountMissing'));
    const typed = reference.value.trim();
    onCharge({ amount: decimal(centavos), ...(typed && { reference: typed }) });
  });
  addEventListener('keydown', onKey);
}

export const isEmpty = () => centavos === 0 && reference.value === '';

/** Fills in the amount and reference of a charge, or clears both. */
export function fill(charge) {
  restore(charge && { centavos: Number(charge.amount.replace('.', '')), reference: charge.reference });
  showProblem('amount');
  showProblem('reference');
  keep();
}

export function drawPad() {
  const text = money(centavos);
  amountField.textContent = text;
  // The longer it is, the smaller it is set (pos.css).
  amountField.style.setProperty('--characters', Math.max(text.length, 11));
  byId('clear').hidden = centavos === 0;
  byId('charge-button').textContent = centavos > 0 ? word('chargeAmount', { amount: text }) : word('charge');
}

/** Says what is wrong with `amount` or `reference`; without a text, that nothing is any more. */
export function showProblem(field, text = '') {
  const place = byId(`${field}-error`);
  place.textContent = text;
  place.hidden = !text;
  if (field === 'reference') {
    if (text) reference.setAttribute('aria-invalid', 'true');
    else reference.removeAttribute('aria-invalid');
  }
  if (!text) return;
  if (field === 'reference') reference.focus();
  else say(text);
}

function onKey(event) {
  const { key, target } = event;
  if (section.hidden || document.querySelector('dialog[open]')) return;
  if (event.ctrlKey || event.metaKey || event.altKey || target.matches?.('input, select, textarea')) return;
  // A focused button does what it says.
  if (!/^\d$|^Backspace$|^Escape$|^Enter$/.test(key) || (key === 'Enter' && target.closest?.('button, a'))) return;
  // The same key must not press what the focus comes to.
  event.preventDefault();
  if (key === 'Enter') {
    byId('charge-button').click();
    return;
  }
  press(key);
  // Who types has left the button where the focus was: Enter is then to charge.
  title.focus({ preventScroll: true });
}

function press(key) {
  if (!key) return;
  const next = after(key);
  if (next > largest) return;
  centavos = next;
  showProblem('amount');
  keep();
  drawPad();
  clearTimeout(telling);
  telling = setTimeout(() => say(word('amountSaid', { amount: money(centavos) })), pauseMs);
}

function after(key) {
  if (key === 'Escape') return 0;
  if (key === 'Backspace') return Math.floor(centavos / 10);
  return centavos * 10 ** key.length + Number(key);
}

function restore(kept) {
  const known = Number.isSafeInteger(kept?.centavos) && kept.centavos >= 0 && kept.centavos <= largest;
  centavos = known ? kept.centavos : 0;
  reference.value = kept?.reference ?? '';
  clearTimeout(telling);
}

const keep = () => draft.write({ centavos, reference: reference.value });

/** Decimal text with two digits, made of whole numbers alone. */
const decimal = (whole) => `${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`;

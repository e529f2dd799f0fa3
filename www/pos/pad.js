// The pad: an amount and a reference, by touch, keyboard (entry.js) and paste.
import { byId } from '/lib/dom.js';
import { money, word } from '/lib/words.js';
import { decimalText, largestCentavos, readAmount } from '/staff/amount.js';
import { announce } from '/staff/announce.js';
import { centavosOf, press as pressed, typedOf } from './entry.js';
import { draft, written } from './kept.js';
import { referenceOf } from './sale-reference.js';

const section = byId('sale');
const title = byId('pad-title');
const amountField = byId('amount');
const reference = byId('reference');

/** The pause in typing after which the amount is announced. */
const pauseMs = 900;
/** How much of a pasted text is shown. */
const mostTold = 40;

let typed = '';
/** What was typed before a key that may be a scanner's first. */
let marked = '';
let announcing;
let charge;

/** Wires the pad. `onCharge({ amount, reference })` is called with what was typed. */
export function setUpPad(onCharge) {
  charge = onCharge;
  restore(draft.read());
  byId('keys').addEventListener('click', ({ target }) => press(target.closest('[data-key]')?.dataset.key));
  // A press by pointer leaves the focus, so that Enter on the keyboard still charges.
  byId('keys').addEventListener('mousedown', (event) => event.preventDefault());
  byId('clear').addEventListener('click', () => press('Escape'));
  reference.addEventListener('input', () => {
    showProblem('reference');
    keep();
    drawReference();
  });
  reference.addEventListener('change', () => checkReference());
  section.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  addEventListener('paste', (event) => {
    if (!isOpen() || isField(event.target)) return;
    event.preventDefault();
    paste(event.clipboardData.getData('text/plain'));
  });
}

export const isEmpty = () => typed === '' && reference.value === '';

/** Fills in the amount and reference of a charge, or clears both. */
export function fill(of) {
  restore(of && { centavos: Number(of.amount.replace('.', '')), reference: writtenOf(of.reference) });
  showProblem('amount');
  showProblem('reference');
  keep();
}

export function drawPad() {
  const centavos = centavosOf(typed);
  const text = centavos === undefined ? typed : money(centavos);
  amountField.textContent = text;
  // Longer amounts have smaller type (pos.css).
  amountField.style.setProperty('--characters', Math.max(text.length, 11));
  byId('clear').hidden = typed === '';
  byId('charge-button').textContent = centavos > 0 ? word('chargeAmount', { amount: text }) : word('charge');
  drawReference();
}

/** Shows the problem of `amount` or `reference`, or removes it. */
export function showProblem(field, text = '') {
  const place = byId(`${field}-error`);
  place.textContent = text;
  place.hidden = !text;
  if (field === 'reference') {
    if (text) reference.setAttribute('aria-invalid', 'true');
    else reference.removeAttribute('aria-invalid');
  }
  if (text) announce(text);
}

/** Returns whether a key is for the pad, not for the focused element. */
export function wantsKey(key, target) {
  if (!isOpen() || isField(target)) return false;
  // Enter presses a focused button.
  if (key === 'Enter') return !target.closest?.('button, a');
  return /^(?:Backspace|Escape|Decimal|Separator)$/.test(key) || (/^.$/u.test(key) && !/[\s$]/.test(key));
}

/** Handles a key for the pad. */
export function pressKey(key, repeat) {
  if (!isOpen()) return;
  if (key !== 'Enter') press(key === 'Decimal' || key === 'Separator' ? '.' : key);
  // After typing Enter charges, and does not press the button that had the focus.
  if (key !== 'Enter') title.focus({ preventScroll: true });
  else if (!repeat) send();
}

/** Saves what was typed, for `unscan`. */
export const mark = () => (marked = typed);

/** Removes what a scanner's first keys typed and says that its code is no amount, or that `stopped` was suppressed in a field. */
export function unscan(target, stopped) {
  if (typed !== marked) change(marked);
  if (isField(target)) return reportEarly(target, stopped);
  if (!isOpen()) return;
  const centavos = centavosOf(typed);
  showProblem('amount', centavos > 0 ? word('scannedKept', { amount: money(centavos) }) : word('scanned'));
}

/** Says that a key came too early and was ignored: beside the field, or on the pad. */
export function reportEarly(target, key) {
  if (!key) return;
  const text = word('keyEarly', { key });
  if (!isField(target)) return isOpen() && showProblem('amount', text);
  const place = byId(`${target.id}-error`);
  if (!place) return;
  place.textContent = text;
  place.hidden = false;
  announce(text);
}

/** Returns the reference of a charge as it was typed, for a ticket. */
export const writtenOf = (sent) => (sent && written.read()?.reference === sent ? written.read().typed : sent);

const isOpen = () => !section.hidden && !document.querySelector('dialog[open]');
const isField = (target) => Boolean(target.matches?.('input, select, textarea'));

function press(key) {
  if (!key) return;
  const next = pressed(typed, key);
  if (next.problem) return showProblem('amount', problemText(next.problem));
  change(next.typed);
  const centavos = centavosOf(typed);
  clearTimeout(announcing);
  announcing = setTimeout(() => centavos !== undefined && announce(word('amountSaid', { amount: money(centavos) })), pauseMs);
}

/** The digits of a pasted amount are pesos. */
function paste(text) {
  const { centavos, problem } = readAmount(text);
  if (problem === 'tooLarge') return showProblem('amount', problemText(problem));
  if (problem) return showProblem('amount', word('amountUnreadable', { typed: shortened(text) }));
  change(centavos > 0 ? decimalText(centavos) : '');
  announce(word('amountSaid', { amount: money(centavos) }));
}

function change(next) {
  typed = next;
  showProblem('amount');
  keep();
  drawPad();
}

function send() {
  const centavos = centavosOf(typed);
  if (centavos === undefined) return showProblem('amount', word('amountUnclear', { typed }));
  if (centavos === 0) return showProblem('amount', word('amountMissing'));
  if (!checkReference()) return reference.focus();
  const { reference: name } = referenceOf(reference.value);
  if (name) written.write({ reference: name, typed: reference.value.trim() });
  return charge({ amount: decimalText(centavos), ...(name && { reference: name }) });
}

/** Returns whether the reference is valid, and shows its problem. */
function checkReference() {
  const { problem } = referenceOf(reference.value);
  showProblem('reference', problem && word(problem));
  return !problem;
}

/** Shows the reference that will be sent, if it differs from what was typed. */
function drawReference() {
  const { reference: name } = referenceOf(reference.value);
  const place = byId('reference-becomes');
  place.hidden = !name || name === reference.value.trim();
  place.textContent = place.hidden ? '' : word('referenceBecomes', { reference: name });
}

const problemText = (problem) =>
  problem === 'tooLarge' ? word('amountTooLarge', { amount: money(largestCentavos) }) : word(problem);

function shortened(text) {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > mostTold ? `${line.slice(0, mostTold)}…` : line;
}

/** Older drafts have `centavos`. */
function restore(kept) {
  const known = Number.isSafeInteger(kept?.centavos) && kept.centavos >= 0 && kept.centavos <= largestCentavos;
  typed = typeof kept?.typed === 'string' ? kept.typed : typedOf(known ? kept.centavos : 0);
  reference.value = kept?.reference ?? '';
  clearTimeout(announcing);
}

const keep = () => draft.write({ typed, reference: reference.value });

// Renders the visible state of a charge and its countdown.
import { byId, element } from '/lib/dom.js';
import { shopName } from '/lib/shop.js';
import { money, word } from '/lib/words.js';
import { announce } from '/staff/announce.js';
import { now } from './calls.js';
import { viewModelOf } from './view-model.js';
import { drawTicket } from './ticket.js';

const root = document.documentElement;
const section = byId('charge');
const headline = byId('headline');
const sum = byId('sum');
/** The full length of the bar: how long a terminal waits. For display only. */
const fullSeconds = 600;

let clock;
let warned;
setInterval(tick, 250);

/** Renders `state` with `actions`, its buttons. A new headline is announced, unless it gets the focus and is read for that. */
export function drawState(state, actions) {
  const { picture, title, code, text = '', note, amount, advice = [], facts = [], clock: running } = viewModelOf(state);
  const isNew = headline.textContent !== title;
  const restoreFocus = keepFocus(isNew);
  root.dataset.state = state.name;
  section.hidden = false;
  for (const drawn of section.querySelectorAll('[data-picture]'))
    drawn.toggleAttribute('hidden', drawn.dataset.picture !== picture);
  sum.hidden = !amount;
  sum.textContent = amount ? money(amount) : '';
  sum.style.setProperty('--characters', Math.max(sum.textContent.length, 11));
  headline.replaceChildren(...inOnePiece(title, code));
  document.title = word('pageTitle', { headline: title, shop: shopName() });
  write('lead', text);
  write('note', note);
  byId('advice').replaceChildren(...advice.map((textContent) => element('li', { textContent })));
  const known = facts.filter(([, value]) => value);
  byId('facts').replaceChildren(...known.map(fact));
  byId('actions').replaceChildren(...actions);
  drawTicket(state.name === 'paid' ? state.charge : undefined);
  if (clock?.externalId !== running?.externalId) warned = false;
  clock = running;
  tick();
  const isRead = restoreFocus();
  const said = state.name === 'paid' ? `${title}: ${sum.textContent}` : title;
  // The last announcement must not stay beside this state.
  if (isNew) announce(isRead ? '' : said);
}

/** Removes the charge from the screen. */
export function clearState() {
  section.hidden = true;
  headline.textContent = '';
  announce('');
  clock = undefined;
  delete root.dataset.state;
  drawTicket();
}

/** Saves the focus. The result restores it, or focuses the headline and returns true. */
function keepFocus(isNew) {
  const at = document.activeElement;
  const label = !isNew && byId('actions').contains(at) ? at.textContent : undefined;
  return () => {
    const same = [...byId('actions').children].find((button) => button.textContent === label);
    if (same) same.focus();
    const isLost = !same && (at === document.body || at.getClientRects().length === 0);
    if (isLost) headline.focus({ preventScroll: true });
    return isLost;
  };
}

function tick() {
  const time = now();
  const isKnown = clock !== undefined && time !== undefined;
  byId('clock').hidden = !isKnown;
  if (!isKnown) return;
  const seconds = Math.max(0, Math.ceil((Date.parse(clock.expiresAt) - time) / 1000));
  const left = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  const text = seconds > 0 ? word('timeLeft', { left }) : word('timeOver');
  if (byId('left').textContent !== text) byId('left').textContent = text;
  byId('bar').value = Math.min(1, seconds / fullSeconds);
  byId('clock').dataset.urgent = String(seconds <= 60);
  if (seconds > 60 || warned) return;
  warned = true;
  if (seconds > 0) announce(word('minuteLeft'));
}

/** Returns the parts of a text with `code` in it, which does not wrap. */
function inOnePiece(text, code) {
  if (!code || !text.includes(code)) return [text];
  const [before, ...after] = text.split(code);
  return [before, element('span', { className: 'code', textContent: code, translate: false }), after.join(code)];
}

function write(id, text = '') {
  byId(id).textContent = text;
  byId(id).hidden = !text;
}

const fact = ([name, value]) =>
  element('div', {}, element('dt', { textContent: name }), element('dd', { textContent: value }));

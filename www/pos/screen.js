// Draws one scene of a charge, and lets its time run.
import { byId, element } from '/lib/dom.js';
import { money, word } from '/lib/words.js';
import { say } from '/staff/say.js';
import { now } from './calls.js';
import { face } from './faces.js';
import { drawTicket } from './ticket.js';

const root = document.documentElement;
const section = byId('charge');
const headline = byId('headline');
const sum = byId('sum');
/** How long the bar is when it is full: as long as a terminal waits. Nothing else hangs on it. */
const fullSeconds = 600;

let clock;
let warned;
setInterval(tick, 250);

/** Draws `scene` with `actions`, its buttons. A new headline is said, unless it gets the focus and is read for that. */
export function drawScene(scene, actions) {
  const { picture, title, code, text = '', note, amount, advice = [], facts = [], clock: running } = face(scene);
  const isNew = headline.textContent !== title;
  const restoreFocus = keepFocus(isNew);
  root.dataset.scene = scene.name;
  section.hidden = false;
  for (const drawn of section.querySelectorAll('[data-picture]'))
    drawn.toggleAttribute('hidden', drawn.dataset.picture !== picture);
  sum.hidden = !amount;
  sum.textContent = amount ? money(amount) : '';
  sum.style.setProperty('--characters', Math.max(sum.textContent.length, 11));
  headline.replaceChildren(...inOnePiece(title, code));
  document.title = word('pageTitle', { headline: title });
  write('lead', text);
  write('note', note);
  byId('advice').replaceChildren(...advice.map((textContent) => element('li', { textContent })));
  const told = facts.filter(([, value]) => value);
  byId('facts').replaceChildren(...told.map(fact));
  byId('actions').replaceChildren(...actions);
  drawTicket(scene.name === 'paid' ? scene.charge : undefined);
  if (clock?.externalId !== running?.externalId) warned = false;
  clock = running;
  tick();
  const isRead = restoreFocus();
  const said = scene.name === 'paid' ? `${title}: ${sum.textContent}` : title;
  // What was said of the scene before must not stand beside this one.
  if (isNew) say(isRead ? '' : said);
}

/** Nothing of a charge is to be seen any more. */
export function clearScene() {
  section.hidden = true;
  headline.textContent = '';
  say('');
  clock = undefined;
  delete root.dataset.scene;
  drawTicket();
}

/** Remembers where the focus is; the answer puts it back, or on the headline, and tells if it did that. */
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
  if (seconds > 0) say(word('minuteLeft'));
}

/** A text with `code` in it, which is not broken into lines. */
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

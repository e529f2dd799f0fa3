// The one place where views are shown. A view is a module of this folder that exports `show(main, query, tools)` (tools.js).
import { patience } from '/pkg/status.js';
import { byId } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { dismiss } from '/staff/ask.js';
import { say } from '/staff/say.js';
import { queryNow } from './address.js';
import { notice, skeleton, trouble } from './faces.js';
import { closeNav, markNav, tellAttention } from './nav.js';
import { drawNet } from './net.js';
import { toolsOf } from './tools.js';

const names = ['attention', 'payments', 'orders', 'charges', 'story', 'link', 'cards', 'day', 'webhooks', 'reconciliation'];
const title = byId('title');
const view = byId('view');
/** What is shown: its name and address, what ends its work, and how it says itself again in another language. */
let shown;

/**
 * Shows the view of the address. The view of before stays to be seen while it only gets other parameters. `focus` puts the
 * focus on the headline, `scroll` is where to look; `quiet` keeps what stands in the view's place, `afresh` says its name anew.
 */
export async function place({ focus = false, scroll, quiet = false, afresh = false } = {}) {
  const query = queryNow();
  const name = names.includes(query.get('view')) ? query.get('view') : 'attention';
  const stays = shown?.name === name && (shown.whole || quiet);
  shown?.work.abort();
  const mine = { name, search: location.search, work: new AbortController() };
  shown = mine;
  const { signal } = mine.work;
  markNav(sectionOf(name, query));
  if (!stays || afresh) setTitle(word(`${name}.title`));
  // What a question was about is not shown any more, or may stand otherwise when it is shown anew.
  dismiss();
  if (!stays) view.replaceChildren(skeleton());
  view.setAttribute('aria-busy', 'true');
  if (!stays || focus) tell();
  if (focus) title.focus({ preventScroll: true });
  if (scroll === 0) scrollTo(0, 0);
  const restoreFocus = keepFocus();
  try {
    const module = await import(`./${name}.js`).catch(unreachable);
    if (signal.aborted) return;
    mine.retell = await module.show(view, query, toolsOf(signal, { query, setTitle, tell, refresh: () => place({}) }));
    mine.whole = true;
  } catch (error) {
    if (signal.aborted) return;
    // Not an answer of the Worker's: a mistake in a view.
    if (error.status === undefined) globalThis.reportError?.(error);
    const passes = error.temporary || error.status === 0;
    // What stood here before had a headline of its own, and buttons.
    setTitle(word(`${name}.title`));
    view.replaceChildren(trouble(error, { again: error.again ?? (() => place({ focus: true })), passes }));
    say(view.querySelector('p').textContent);
    if (passes) goOnLater(error, signal);
  }
  if (signal.aborted) return;
  view.setAttribute('aria-busy', 'false');
  restoreFocus();
  if (scroll) scrollTo(0, scroll);
  if (mine.whole && name !== 'attention') tellAttention();
}

/** Whether the view of the address is shown, or about to be. */
export const isShown = () => shown?.search === location.search;

/** Ends the view and takes away what it showed. */
export function leave() {
  shown?.work.abort();
  shown = undefined;
  setTitle('');
  tell();
  view.replaceChildren();
}

/** Says what is shown in the reader's new language. */
export function redraw() {
  drawNet();
  closeNav();
  if (typeof shown?.retell === 'function') shown.retell();
  else if (shown) place({ afresh: true });
}

function setTitle(text, ...actions) {
  title.textContent = text;
  byId('title-actions').replaceChildren(...actions);
  document.title = text ? word('pageTitle', { headline: text }) : word('place');
}

/** What came of an action, above the view: brought into sight unless all went well, which shows where it was done. */
function tell(what) {
  byId('told').replaceChildren(...(what ? [notice(what)] : []));
  say(what ? byId('told').textContent : '');
  if (what && what.tone !== 'good') byId('told').scrollIntoView({ block: 'nearest' });
}

/** The section that a view belongs to: a story is one of a payment, of an order or of a charge. */
function sectionOf(name, query) {
  if (name !== 'story') return name;
  if (query.has('payment')) return 'payments';
  return query.has('reference') ? 'orders' : 'charges';
}

/** Remembers what has the focus, by its id; the answer puts it back there, or on the headline, if it was lost. */
function keepFocus() {
  const at = document.activeElement;
  if (!byId('place').contains(at)) return () => {};
  return () => {
    if (document.activeElement !== document.body) return;
    (byId(at.id) ?? title).focus({ preventScroll: true });
  };
}

/** A module that did not come: there are browsers in which only a page that is loaded again asks for it again. */
function unreachable() {
  throw Object.assign(new Error('no module'), { status: 0, again: () => location.reload() });
}

/** Asks again by itself, at once when the network is back. */
async function goOnLater({ retryAfterMs = 15_000 }, signal) {
  await patience(retryAfterMs, signal);
  if (!signal.aborted) place({ quiet: true });
}

// Shows the view of the URL. A view is a module of this folder that exports `show(main, query, tools)` (tools.js).
import { delayAfter } from '/pkg/send-once.js';
import { patience } from '/pkg/status.js';
import { byId } from '/lib/dom.js';
import { shopName } from '/lib/shop.js';
import { word } from '/lib/words.js';
import { dismiss } from '/staff/ask.js';
import { announce } from '/staff/announce.js';
import { queryNow } from './address.js';
import { notice, skeleton, trouble } from './placeholders.js';
import { closeNav, markNav, showAttentionCount } from './nav.js';
import { drawNet } from './net.js';
import { toolsOf } from './tools.js';

const names = ['attention', 'fulfilment', 'payments', 'orders', 'charges', 'story', 'link', 'cards', 'day', 'webhooks', 'reconciliation', 'settings'];
const title = byId('title');
const view = byId('view');
/** The current view: its name and URL, the controller of its work, and `redraw` for another language. */
let shown;

/**
 * Shows the view of the URL. The current view stays visible while only its parameters change. `focus` focuses the headline, `scroll` is the
 * scroll position; `quiet` keeps the content until the new one is ready, `afresh` renders the name anew.
 */
export async function route({ focus = false, scroll, quiet = false, afresh = false } = {}) {
  const query = queryNow();
  const name = names.includes(query.get('view')) ? query.get('view') : 'attention';
  const stays = shown?.name === name && (shown.whole || quiet);
  shown?.work.abort();
  const mine = { name, search: location.search, work: new AbortController() };
  shown = mine;
  const { signal } = mine.work;
  markNav(sectionOf(name, query));
  if (!stays || afresh) setTitle(word(`${name}.title`));
  // The subject of a question may be gone, or have changed.
  dismiss();
  if (!stays) view.replaceChildren(skeleton());
  view.setAttribute('aria-busy', 'true');
  if (!stays || focus) showNotice();
  if (focus) title.focus({ preventScroll: true });
  if (scroll === 0) scrollTo(0, 0);
  const restoreFocus = rememberFocus();
  try {
    const module = await import(`./${name}.js`).catch(unreachable);
    if (signal.aborted) return;
    mine.redraw = await module.show(view, query, toolsOf(signal, { query, setTitle, showNotice, refresh: () => route({}) }));
    mine.whole = true;
  } catch (error) {
    if (signal.aborted) return;
    // Not an error of a call: a bug in a view.
    if (error.status === undefined) globalThis.reportError?.(error);
    const passes = error.temporary || error.status === 0;
    // The last view had a headline of its own, and buttons.
    setTitle(word(`${name}.title`));
    view.replaceChildren(trouble(error, { again: error.again ?? (() => route({ focus: true })), passes }));
    announce(view.querySelector('p').textContent);
    if (passes) goOnLater(error, signal);
  }
  if (signal.aborted) return;
  view.setAttribute('aria-busy', 'false');
  restoreFocus();
  if (scroll) scrollTo(0, scroll);
  if (mine.whole && name !== 'attention') showAttentionCount();
}

/** Returns whether the view of the URL is shown, or about to be. */
export const isShown = () => shown?.search === location.search;

/** Ends the view and removes its content. */
export function leave() {
  shown?.work.abort();
  shown = undefined;
  setTitle('');
  showNotice();
  view.replaceChildren();
}

/** Renders the view in the reader's new language. */
export function redraw() {
  drawNet();
  closeNav();
  if (typeof shown?.redraw === 'function') shown.redraw();
  else if (shown) route({ afresh: true });
}

function setTitle(text, ...actions) {
  title.textContent = text;
  byId('title-actions').replaceChildren(...actions);
  document.title = text ? word('pageTitle', { headline: text, shop: shopName() }) : `${word('place')} · ${shopName()}`;
}

/** Shows the outcome of an action above the view, scrolled to unless it is good, which shows where it was done. */
function showNotice(what) {
  byId('notices').replaceChildren(...(what ? [notice(what)] : []));
  announce(what ? byId('notices').textContent : '');
  if (what && what.tone !== 'good') byId('notices').scrollIntoView({ block: 'nearest' });
}

/** Returns the section of the navigation: a detail is one of a payment, of an order or of a charge. */
function sectionOf(name, query) {
  if (name !== 'story') return name;
  if (query.has('payment')) return 'payments';
  return query.has('reference') ? 'orders' : 'charges';
}

/** Saves the id of the focused element. The result restores the focus, or focuses the headline if it was lost. */
function rememberFocus() {
  const at = document.activeElement;
  if (!byId('place').contains(at)) return () => {};
  return () => {
    if (document.activeElement !== document.body) return;
    (byId(at.id) ?? title).focus({ preventScroll: true });
  };
}

/** A module failed to load: some browsers retry it only after a reload. */
function unreachable() {
  throw Object.assign(new Error('no module'), { status: 0, again: () => location.reload() });
}

/** Retries by itself, at once when the network is back. */
async function goOnLater(error, signal) {
  await patience(delayAfter(error, 15_000), signal);
  if (!signal.aborted) route({ quiet: true });
}

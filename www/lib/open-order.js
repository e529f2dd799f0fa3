// The notice above the catalog about an order that this browser placed before, for as long as it matters.
import { cancelOrder, followOrder } from '/pkg/status.js';
import { cart } from './cart.js';
import { action, byId, isWebAddress } from './dom.js';
import { patiently } from './once.js';
import { keptOrder, payAgain } from './order.js';
import { language, money, word } from './words.js';

const notice = byId('open-order');
let following;
let shown;

/** Follows the kept order and tells how it stands. `onBought` is called when it took its things out of the cart. */
export async function watchOpenOrder({ say, onBought }) {
  following?.abort();
  const kept = keptOrder.read();
  if (!kept) return hide();
  const watch = { say, onBought };
  following = new AbortController();
  show({ ...kept, status: 'loading' }, watch);
  try {
    await followOrder(kept.order, {
      signal: following.signal,
      language: language(),
      onChange: (status) => {
        settle(status, onBought);
        show({ ...kept, ...status }, watch);
        say(byId('open-order-title').textContent);
      },
    });
  } catch {
    // The Worker does not know this order (any more): there is nothing to tell.
    keptOrder.drop();
    hide();
  }
}

/** Draws the notice again, in another language. */
export const redrawOpenOrder = () => shown && show(...shown);

export const focusOpenOrder = () => notice.focus();

function settle(status, onBought) {
  const kept = keptOrder.read();
  const over = !['awaiting-payment', 'verifying', 'on-hold'].includes(status.status);
  if (!kept || kept.over === over) return;
  if (status.status === 'paid' && !kept.over) {
    cart.take(kept.lines ?? []);
    onBought();
  }
  keptOrder.write({ ...kept, over });
}

function show(order, watch) {
  shown = [order, watch];
  const { tone = '', title, text, actions } = told(order, watch);
  notice.className = `notice ${tone}`.trim();
  byId('open-order-title').textContent = word(title);
  const amount = money(order.amount, order.currency);
  byId('open-order-text').textContent = text.map((key) => word(key, { reference: order.reference, amount })).join(' ');
  const focused = notice.contains(document.activeElement);
  byId('open-order-actions').replaceChildren(...actions);
  notice.hidden = false;
  if (focused) notice.focus();
}

function told(order, watch) {
  const see = (label) => action(word(label), { href: `/return.html?order=${order.order}` });
  const dismiss = action(word('hide'), { kind: 'quiet', onClick: dismissed });
  const again = action(word('payAgain'), { kind: 'primary', onClick: () => tryAgain(order, watch) });
  switch (order.status) {
    case 'loading':
      return { title: 'loading', text: ['orderText'], actions: [] };
    case 'awaiting-payment': {
      const go = isWebAddress(order.checkoutUrl)
        ? [action(word('continuePaying'), { kind: 'primary', href: order.checkoutUrl })]
        : [];
      const cancel = action(word('cancelOrder'), { onClick: () => cancelIt(order, watch) });
      return { title: 'openOrderTitle', text: ['openOrderText'], actions: [...go, cancel] };
    }
    case 'paid':
      return { tone: 'good', title: 'paidTitle', text: ['orderText'], actions: [see('seeReceipt'), dismiss] };
    case 'expired':
      return { tone: 'warn', title: 'expiredTitle', text: ['expiredText', 'orderText'], actions: [again, dismiss] };
    case 'cancelled':
      return { title: 'cancelledTitle', text: ['cancelledText', 'orderText'], actions: [again, dismiss] };
    case 'on-hold':
      return { tone: 'warn', title: 'onHoldTitle', text: ['onHoldText', 'orderText'], actions: [see('seeOrder')] };
    case 'failed':
      return { tone: 'warn', title: 'failedTitle', text: ['failedText'], actions: [again, dismiss] };
    default:
      return { title: 'checkingTitle', text: ['checkingText', 'orderText'], actions: [see('seeOrder')] };
  }
}

async function tryAgain(order, watch) {
  try {
    await payAgain(order.order, language());
  } catch {
    // Something happened to it meanwhile. Not awaited: it follows for as long as the order lives.
    watchOpenOrder(watch);
  }
}

async function cancelIt(order, watch) {
  try {
    await patiently(() => cancelOrder(order.order, { language: language() }));
  } finally {
    watchOpenOrder(watch);
  }
}

function dismissed() {
  following?.abort();
  keptOrder.drop();
  hide();
  byId('catalog-title').focus();
}

function hide() {
  shown = undefined;
  notice.hidden = true;
  delete document.documentElement.dataset.order;
}

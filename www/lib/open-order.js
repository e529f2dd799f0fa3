// The notice above the catalog about an earlier order of this browser, for as long as it matters.
import { withRetry } from '/pkg/send-once.js';
import { cancelOrder, followOrder } from '/pkg/status.js';
import { action, byId, isWebAddress, leaveFor } from './dom.js';
import { forgetOrder, keptOrder, payAgain, settle } from './order.js';
import { retryTrouble } from './retry-trouble.js';
import { language, money, word } from './words.js';

const notice = byId('open-order');
let following;
let shown;

/**
 * Polls the stored order and shows its status. `onPaid` is called when it was paid, `onForgotten` when the payer removes it from this
 * device. `failure` is an action that failed: its words, and the states for which they are true.
 */
export async function watchOpenOrder(watch, failure) {
  following?.abort();
  const kept = keptOrder.read();
  if (!kept) return hide();
  following = new AbortController();
  show({ ...kept, status: 'loading' }, watch);
  try {
    await followOrder(kept.order, {
      signal: following.signal,
      language: language(),
      onChange: (status) => {
        if (settle(kept.order, status)) watch.onPaid();
        show({ ...kept, ...status, failure }, watch);
        watch.announce(byId('open-order-title').textContent);
      },
    });
  } catch (error) {
    // An order that the Worker does not know (any more) is not shown.
    if (error.status === 404 || error.status === 400) keptOrder.drop();
    hide();
  }
}

/** Renders the notice in another language. */
export const redrawOpenOrder = () => shown && show(...shown);

export const focusOpenOrder = () => notice.focus();

function show(order, watch) {
  shown = [order, watch];
  const { tone = '', title, text, actions } = viewModelOf(order, watch);
  notice.className = `notice ${tone}`.trim();
  byId('open-order-title').textContent = word(title);
  const amount = money(order.amount, order.currency);
  const { failure } = order;
  const texts = text.map((key) => word(key, { reference: order.reference, amount }));
  if (failure?.during.includes(order.status)) texts.push(failure.text());
  byId('open-order-text').textContent = texts.join(' ');
  const focused = notice.contains(document.activeElement);
  byId('open-order-actions').replaceChildren(...actions);
  notice.hidden = false;
  if (focused) notice.focus();
}

function viewModelOf(order, watch) {
  const see = (label) => action(word(label), { href: `/return.html?order=${order.order}` });
  const dismiss = action(word('hide'), { kind: 'quiet', onClick: dismissed });
  const forget = action(word('forget'), { kind: 'quiet', onClick: () => forgotten(watch) });
  const again = action(word('payAgain'), { kind: 'primary', onClick: () => tryAgain(order, watch) });
  switch (order.status) {
    case 'loading':
      return { title: 'loading', text: ['orderText'], actions: [] };
    case 'awaiting-payment': {
      const go = isWebAddress(order.checkoutUrl)
        ? [action(word('continuePaying'), { kind: 'primary', href: order.checkoutUrl })]
        : [];
      const cancel = action(word('cancelOrder'), { onClick: () => cancelIt(order, watch) });
      return { title: 'openOrderTitle', text: ['openOrderText'], actions: [...go, cancel, forget] };
    }
    case 'paid':
      return { tone: 'good', title: 'paidTitle', text: ['orderText'], actions: [see('seeReceipt'), dismiss] };
    case 'expired':
      return { tone: 'warn', title: 'expiredTitle', text: ['expiredText', 'orderText'], actions: [again, dismiss] };
    case 'cancelled':
      return { title: 'cancelledTitle', text: ['cancelledText', 'orderText'], actions: [again, dismiss] };
    case 'on-hold':
      return { tone: 'warn', title: 'onHoldTitle', text: ['onHoldText', 'orderText'], actions: [see('seeOrder'), forget] };
    case 'failed':
      return { tone: 'warn', title: 'failedTitle', text: ['failedText'], actions: [again, dismiss] };
    default:
      return { title: 'checkingTitle', text: ['checkingText', 'orderText'], actions: [see('seeOrder'), forget] };
  }
}

async function tryAgain(order, watch) {
  try {
    const { created } = await payAgain(order.order, language());
    if (created) await leaveFor(created.checkoutUrl);
    watchOpenOrder(watch);
  } catch (error) {
    // Not awaited: it polls for as long as the order lives.
    watchOpenOrder(watch, { text: () => retryTrouble(error), during: ['expired', 'cancelled', 'failed'] });
  }
}

async function cancelIt(order, watch) {
  try {
    await withRetry(() => cancelOrder(order.order, { language: language() }));
    watchOpenOrder(watch);
  } catch {
    watchOpenOrder(watch, { text: () => word('notCancelled'), during: ['awaiting-payment'] });
  }
}

function dismissed() {
  following?.abort();
  keptOrder.drop();
  hide();
  byId('catalog-title').focus();
}

function forgotten({ announce, onForgotten }) {
  dismissed();
  forgetOrder();
  onForgotten();
  announce(word('forgotten'));
}

function hide() {
  shown = undefined;
  notice.hidden = true;
  delete document.documentElement.dataset.order;
}

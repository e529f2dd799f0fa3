// Places an order exactly once, and stores it in this browser: its capability, its checkout link and what was bought; no personal data.
import { cancelEarlier, exclusively, isOpen, statusOf } from '/pkg/earlier-order.js';
import { fingerprint } from '/pkg/keys.js';
import { sendOnce, withRetry } from '/pkg/send-once.js';
import { cancelOrder, createOrder, retryOrder } from '/pkg/status.js';
import { cart } from './cart.js';
import { ofBrowser, personalOfTab, ofTab } from './kept.js';
import { lastOrder } from './last-order.js';

/** The key of an order that has no final answer yet. */
const store = ofTab('idempotency-key');
/** For how long an order is stored after its payment link expired. */
const keptFor = 24 * 3_600_000;

const browsers = ofBrowser('order');
/** A paid order, for the receipt: without its link, and for this tab alone. */
const receipt = ofTab('receipt');

export const keptOrder = {
  read() {
    const kept = browsers.read() ?? receipt.read();
    if (!kept) return undefined;
    // `expiresAt` is by the server's clock, which this device's may be far ahead of.
    if (Date.now() < Math.max(Date.parse(kept.expiresAt) || 0, kept.at) + keptFor) return kept;
    this.drop();
    return undefined;
  },
  write: browsers.write,
  drop() {
    const kept = browsers.read();
    if (kept) lastOrder.drop(kept.order);
    browsers.drop();
    receipt.drop();
  },
  onElsewhere: browsers.onElsewhere,
};

/** What a payer typed into the form, until the order is paid. */
export const draft = personalOfTab('details');

/** Tells the other tabs to drop what was typed: the order was paid, or removed. */
const ended = ofBrowser('details-ended');

export const onEndedElsewhere = ended.onElsewhere;

function endDetails() {
  draft.drop();
  ended.write(true);
  ended.drop();
}

/**
 * Updates the stored order by its status. Once it is paid, what was bought leaves the cart, and this browser keeps only the receipt in this
 * tab. Returns whether the order has just been paid.
 */
export function settle(order, { status }) {
  if (status === 'paid') lastOrder.drop(order);
  const kept = keptOrder.read();
  const over = !['awaiting-payment', 'verifying', 'on-hold'].includes(status);
  if (kept?.order !== order) return false;
  if (status !== 'paid') {
    if (kept.over !== over) keptOrder.write({ ...kept, over });
    return false;
  }
  // Only the receipt is left.
  if (!browsers.read()) return false;
  if (!kept.over) cart.take(kept.lines ?? []);
  browsers.drop();
  receipt.write({ ...kept, checkoutUrl: undefined, over });
  endDetails();
  return true;
}

/** Removes the order and the payer's data from this device. The order itself stays as it is. */
export function forgetOrder() {
  keptOrder.drop();
  endDetails();
}

/** Stores an answer to creating or retrying, for the browser's back button and for other tabs. */
async function keepCreated({ order, reference, amount, currency, checkoutUrl, expiresAt }, more) {
  const kept = { order, reference, amount, currency, checkoutUrl, expiresAt, at: Date.now(), ...more };
  await lastOrder.write(kept);
  receipt.drop();
  keptOrder.write(kept);
}

/**
 * Places the order that `body` describes. `lines` is what was bought, to be shown later. Resolves to `{ created }`, or to `{ earlier }`, an
 * earlier order that was paid, or may be: then nothing is created. One body is one order, however often it is sent. An earlier order is
 * cancelled after the new one is created and before its link is used: a refused body leaves the earlier order as it is, and a payer never
 * has two payable links.
 */
export async function placeOrder({ body, lines, language, onWait }) {
  const print = fingerprint(body);
  const kept = keptOrder.read();
  const before = kept?.over ? undefined : kept;
  if (before?.print === print && before.checkoutUrl) {
    const { status } = await withRetry(() => statusOf(before.order, { language }), { onWait });
    if (status === 'awaiting-payment') return { created: before };
    if (isOpen(status)) return { earlier: before };
  }
  const send = (key) => createOrder(body, key, { language });
  const complete = (created) => replaceKept(created, { print, lines }, language);
  return sendOnce({ store, print, send, complete, onWait });
}

/**
 * Starts another attempt at an order. Resolves to `{ created }`, with its link, or to `{ earlier }` as `placeOrder` does. The stored link
 * belongs to the last attempt and is removed in any case.
 */
export async function payAgain(order, language) {
  const kept = keptOrder.read();
  const mine = kept?.order === order;
  if (mine) keptOrder.write({ ...kept, checkoutUrl: undefined });
  const created = await withRetry(() => retryOrder(order, { language }));
  try {
    return await withRetry(() => replaceKept(created, mine ? { print: kept.print, lines: kept.lines } : {}, language));
  } catch (error) {
    // Nobody has the new link. A cancelled order can be paid again later.
    await cancelOrder(order, { language }).catch(() => {});
    throw error;
  }
}

/**
 * Stores `created` as the order of this browser. Any other one is cancelled first, also one that another tab has placed meanwhile. Resolves
 * to `{ created }`, or to `{ earlier }` if the other one was paid, or may be: then `created` is cancelled. If cancelling the other one
 * fails, it is the error's `earlier`.
 */
const replaceKept = (created, more, language) =>
  exclusively('order', async () => {
    const settled = [created.order];
    for (let other = await otherOrder(settled); other; other = await otherOrder(settled)) {
      const { status } = await cancelEarlier(other.order, { language }).catch((error) => {
        throw Object.assign(error, { earlier: other });
      });
      if (isOpen(status)) {
        // Nobody has the new link. If this call fails, the link expires by itself.
        await cancelOrder(created.order, { language }).catch(() => {});
        return { earlier: other };
      }
      settled.push(other.order);
    }
    await keepCreated(created, more);
    return { created };
  });

/** Resolves to an order of this browser that may be payable, apart from those that are `settled`. */
async function otherOrder(settled) {
  const last = await lastOrder.read();
  const kept = keptOrder.read();
  return [kept, kept?.order === last?.order ? undefined : last].find((order) => order && !order.over && !settled.includes(order.order));
}

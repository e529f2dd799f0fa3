// Placing an order exactly once, and the order that this browser knows of. Kept are its capability, its checkout link and
// what was bought; nothing about a person.
import { cancelEarlier, isOpen, statusOf } from '/pkg/earlier-order.js';
import { fingerprint } from '/pkg/keys.js';
import { sendOnce, withRetry } from '/pkg/send-once.js';
import { cancelOrder, createOrder, retryOrder } from '/pkg/status.js';
import { cart } from './cart.js';
import { ofBrowser, personalOfTab, ofTab } from './kept.js';

/** The key of an order that has no final answer yet. */
const store = ofTab('idempotency-key');
/** How long after the end of its payment link an order is kept. */
const keptFor = 24 * 3_600_000;

const browsers = ofBrowser('order');
/** An order that was paid, for the receipt: without its link, and for this tab alone. */
const receipt = ofTab('receipt');

export const keptOrder = {
  read() {
    const kept = browsers.read() ?? receipt.read();
    if (!kept) return undefined;
    // The end of the link is told by the server's clock, which this device's may be far ahead of.
    if (Date.now() < Math.max(Date.parse(kept.expiresAt) || 0, kept.at) + keptFor) return kept;
    this.drop();
    return undefined;
  },
  write: browsers.write,
  drop() {
    browsers.drop();
    receipt.drop();
  },
  onElsewhere: browsers.onElsewhere,
};

/** What a payer types into the form, until the order is paid. */
export const draft = personalOfTab('details');

/** Tells the other tabs that what is typed there is not wanted any more: the order was paid, or forgotten. */
const ended = ofBrowser('details-ended');

export const onEndedElsewhere = ended.onElsewhere;

function endDetails() {
  draft.drop();
  ended.write(true);
  ended.drop();
}

/**
 * Takes in how `order` stands, if it is the kept one. Once it is paid, what was bought leaves the cart, and nothing stays in this browser but
 * the receipt in this tab. Answers whether this is when it was paid.
 */
export function settle(order, { status }) {
  const kept = keptOrder.read();
  const over = !['awaiting-payment', 'verifying', 'on-hold'].includes(status);
  if (kept?.order !== order) return false;
  if (status !== 'paid') {
    if (kept.over !== over) keptOrder.write({ ...kept, over });
    return false;
  }
  // The receipt already.
  if (!browsers.read()) return false;
  if (!kept.over) cart.take(kept.lines ?? []);
  browsers.drop();
  receipt.write({ ...kept, checkoutUrl: undefined, over });
  endDetails();
  return true;
}

/** Forgets, on this device, the order and who wanted to pay it. The order itself stays as it is. */
export function forgetOrder() {
  keptOrder.drop();
  endDetails();
}

/** Keeps an answer to creating or retrying, to go on from it after the browser's back button. */
function keepCreated({ order, reference, amount, currency, checkoutUrl, expiresAt }, more) {
  receipt.drop();
  keptOrder.write({ order, reference, amount, currency, checkoutUrl, expiresAt, at: Date.now(), ...more });
}

/**
 * Places the order that `body` describes. `lines` is what was bought, to be shown later. Resolves to `{ created }`, or to
 * `{ earlier }`, the status of an order of before that was paid, or may be: nothing is begun beside it. One body is one order,
 * however often it is sent: its key is kept until an answer came.
 *
 * An order of before is cancelled when the new one is made, and before anybody gets to know the new link: a body that is
 * refused costs nobody the order of before, and never can two links be paid by who has them.
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
 * Begins another attempt at an order. Resolves to `{ created }` with its link, or to `{ earlier }` as `placeOrder` does. The
 * link that was kept is the last attempt's: nobody may be sent there again, whatever comes of this.
 */
export async function payAgain(order, language) {
  const kept = keptOrder.read();
  const mine = kept?.order === order;
  if (mine) keptOrder.write({ ...kept, checkoutUrl: undefined });
  const created = await withRetry(() => retryOrder(order, { language }));
  try {
    return await withRetry(() => replaceKept(created, mine ? { print: kept.print, lines: kept.lines } : {}, language));
  } catch (error) {
    // Nobody has the new link. Cancelled, the order can be paid again later.
    await cancelOrder(order, { language }).catch(() => {});
    throw error;
  }
}

/**
 * Makes `created` the order that this browser keeps. Any other one is cancelled first, also one that another tab has placed
 * meanwhile. Resolves to `{ created }`, or to `{ earlier }` if the other one was paid, or may be: `created` is cancelled then. An error
 * of cancelling the other one has it as its `earlier`.
 */
const replaceKept = (created, more, language) =>
  exclusively(async () => {
    let cancelled;
    for (let other = keptOrder.read(); other && !other.over; other = keptOrder.read()) {
      if (other.order === created.order || other.order === cancelled) break;
      const { status } = await cancelEarlier(other.order, { language }).catch((error) => {
        throw Object.assign(error, { earlier: other });
      });
      if (isOpen(status)) {
        // Nobody has the new link. If this is not heard, it runs out by itself.
        await cancelOrder(created.order, { language }).catch(() => {});
        return { earlier: other };
      }
      cancelled = other.order;
    }
    keepCreated(created, more);
    return { created };
  });

/** Lets one tab at a time `act`, where the browser has locks. */
async function exclusively(act) {
  let begun = false;
  const begin = () => {
    begun = true;
    return act();
  };
  try {
    return await (navigator.locks?.request('order', begin) ?? act());
  } catch (error) {
    if (begun) throw error;
    return act();
  }
}

// Placing an order exactly once, and the order that this browser knows of. Kept are its capability, its checkout link and
// what was bought; nothing about a person.
import { cancelOrder, createOrder, orderStatus, retryOrder } from '/pkg/status.js';
import { goTo } from './dom.js';
import { fingerprint } from '/pkg/keys.js';
import { keyPlace, patiently, sendOnce } from './once.js';

const orderKey = 'order';
/** The key of an order that has no answer yet. */
const place = keyPlace('idempotency-key');
/** Longer than any payment link can live. */
const keptFor = 3 * 24 * 3_600_000;

export const keptOrder = {
  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(orderKey));
      return kept && Date.now() - kept.at < keptFor ? kept : undefined;
    } catch {
      return undefined;
    }
  },
  write(order) {
    try {
      localStorage.setItem(orderKey, JSON.stringify(order));
    } catch {
      // Storage is forbidden: the payer comes back by the return page alone.
    }
  },
  drop() {
    try {
      localStorage.removeItem(orderKey);
    } catch {
      // There was nothing to drop.
    }
  },
  onElsewhere(change) {
    addEventListener('storage', (event) => {
      if (event.key === orderKey) change();
    });
  },
};

/** Keeps an answer to creating or retrying, to go on from it after the browser's back button. */
export function keepCreated({ order, reference, amount, currency, checkoutUrl, expiresAt }, more) {
  keptOrder.write({ order, reference, amount, currency, checkoutUrl, expiresAt, at: Date.now(), ...more });
}

/**
 * Places the order that `body` describes. `lines` is what was bought, to be shown later. Resolves to `{ created }`, or to
 * `{ earlier }`, the status of an order of before that must be looked at first. One body is one order, however often it
 * is sent: its key is kept until an answer came.
 */
export async function placeOrder({ body, lines, language, onWait }) {
  const print = await fingerprint(body);
  const earlier = await settleEarlier({ print, language, onWait });
  if (earlier) return earlier;
  const send = (key) => createOrder(body, key, { language });
  const created = await sendOnce({ place, print, send, onWait });
  keepCreated(created, { print, lines });
  return { created };
}

/**
 * Begins another attempt at an order and goes to its checkout. The link that was kept is the last attempt's: nobody may be
 * sent there again, whatever comes of this.
 */
export async function payAgain(order, language) {
  const kept = keptOrder.read();
  const mine = kept?.order === order;
  if (mine) keptOrder.write({ ...kept, checkoutUrl: undefined });
  const created = await patiently(() => retryOrder(order, { language }));
  keepCreated(created, mine ? { print: kept.print, lines: kept.lines } : {});
  goTo(created.checkoutUrl);
}

/** Sees to it that an order of before cannot be paid beside the new one. */
async function settleEarlier({ print, language, onWait }) {
  const kept = keptOrder.read();
  if (!kept || kept.over) return undefined;
  const same = kept.print === print && Boolean(kept.checkoutUrl);
  try {
    const status = await patiently(
      () => (same ? orderStatus(kept.order, { language }) : cancelOrder(kept.order, { language })),
      onWait,
    );
    if (same && status.status === 'awaiting-payment') return { created: kept };
    return ['verifying', 'paid', 'on-hold'].includes(status.status) ? { earlier: status } : undefined;
  } catch (error) {
    if (error.status === 409) return { earlier: await orderStatus(kept.order, { language }) };
    if (error.status === 404) return undefined;
    throw error;
  }
}

// Placing an order exactly once, and the order that this browser knows of. Kept are its capability, its checkout link and
// what was bought; nothing about a person.
import { cancelOrder, createOrder, orderStatus, retryOrder } from '/pkg/status.js';
import { goTo } from './dom.js';

const orderKey = 'order';
const keyKey = 'idempotency-key';
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
  let created;
  try {
    created = await patiently(() => createOrder(body, keyOf(print), { language }), onWait);
  } catch (error) {
    if (!error.temporary && error.code !== inFlight) forgetKey();
    throw error;
  }
  forgetKey();
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

/** Refused by a status that often passes, for a reason that does not. */
const settled = ['payment-on-hold', 'provider-refused', 'misconfigured'];

/** The first call with this key is still being answered. */
const inFlight = 'request-in-flight';

/** After how long somebody is told that it takes long, and that it did not work. */
const slowMs = 5000;
const patienceMs = 20_000;

/**
 * Repeats a call that may be repeated: while there is no network for as long as it takes, else a few times. `onWait` is
 * called with the words for what is waited for.
 */
export async function patiently(send, onWait) {
  let since = Date.now();
  for (let tries = 1; ; tries += 1) {
    if (navigator.onLine === false) {
      onWait?.('waitingForNetwork');
      await new Promise((resolve) => addEventListener('online', resolve, { once: true }));
      onWait?.('paying');
      since = Date.now();
    }
    const slow = setTimeout(() => onWait?.('troubleWait'), slowMs);
    try {
      return await send();
    } catch (error) {
      if (navigator.onLine === false) continue;
      const worthwhile = error.code === inFlight || (error.temporary && !settled.includes(error.code));
      const pause = Math.min(error.retryAfterMs ?? 500 * 2 ** tries, 8000);
      const late = Date.now() + pause - since > patienceMs;
      if (tries === 4 || late || error.status === 429 || !worthwhile) throw error;
      onWait?.('troubleWait');
      await new Promise((resolve) => setTimeout(resolve, pause));
    } finally {
      clearTimeout(slow);
    }
  }
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

function keyOf(print) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyKey));
    if (kept?.print === print) return kept.key;
  } catch {
    // Not readable is the same as not there.
  }
  const key = crypto.randomUUID();
  try {
    sessionStorage.setItem(keyKey, JSON.stringify({ key, print }));
  } catch {
    // A key that cannot be kept still makes a double click one order.
  }
  return key;
}

function forgetKey() {
  try {
    sessionStorage.removeItem(keyKey);
  } catch {
    // There was nothing to forget.
  }
}

/** Tells bodies apart without keeping what is in them. */
async function fingerprint(body) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(body)));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

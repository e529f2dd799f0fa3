// Placing an order exactly once, and the order that this browser knows of. Kept are its capability, its checkout link and
// what was bought; nothing about a person.

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
export async function placeOrder({ body, lines, plainShop, typedShop, language, onWait }) {
  const print = await fingerprint(body);
  const earlier = await settleEarlier({ print, shop: plainShop, language, onWait });
  if (earlier) return earlier;
  const { key, typed } = keyOf(print, Boolean(typedShop));
  // The typed client writes a telephone number its own way, and one key goes with one way of writing.
  const shop = typed && typedShop ? typedShop : plainShop;
  let created;
  try {
    created = await patiently(() => shop.createOrder(body, key, { language }), onWait);
  } catch (error) {
    if (!error.temporary) forgetKey();
    throw error;
  }
  forgetKey();
  keepCreated(created, { print, lines });
  return { created };
}

/** Refused by a status that often passes, for a reason that does not. */
const settled = ['payment-on-hold', 'provider-refused', 'misconfigured'];

/** Repeats a call that may be repeated: while there is no network for as long as it takes, else a few times. */
export async function patiently(send, onWait) {
  for (let tries = 1; ; tries += 1) {
    if (navigator.onLine === false) {
      onWait?.();
      await new Promise((resolve) => addEventListener('online', resolve, { once: true }));
    }
    try {
      return await send();
    } catch (error) {
      if (navigator.onLine === false) continue;
      const worthwhile = error.code === 'request-in-flight' || (error.temporary && !settled.includes(error.code));
      if (tries === 4 || error.status === 429 || !worthwhile) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.min(error.retryAfterMs ?? 500 * 2 ** tries, 8000)));
    }
  }
}

/** Sees to it that an order of before cannot be paid beside the new one. */
async function settleEarlier({ print, shop, language, onWait }) {
  const kept = keptOrder.read();
  if (!kept || kept.over) return undefined;
  const same = kept.print === print;
  try {
    const status = await patiently(
      () => (same ? shop.orderStatus(kept.order, { language }) : shop.cancelOrder(kept.order, { language })),
      onWait,
    );
    if (same && status.status === 'awaiting-payment') return { created: kept };
    return ['verifying', 'paid', 'on-hold'].includes(status.status) ? { earlier: status } : undefined;
  } catch (error) {
    if (error.status === 409) return { earlier: await shop.orderStatus(kept.order, { language }) };
    if (error.status === 404) return undefined;
    throw error;
  }
}

function keyOf(print, typed) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyKey));
    if (kept?.print === print) return kept;
  } catch {
    // Not readable is the same as not there.
  }
  const made = { key: crypto.randomUUID(), print, typed };
  try {
    sessionStorage.setItem(keyKey, JSON.stringify(made));
  } catch {
    // A key that cannot be kept still makes a double click one order.
  }
  return made;
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

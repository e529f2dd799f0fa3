// One purchase is one order, however often it is sent: its key is kept by the tab until it is over. Kept is nothing about a
// person.
import { fingerprint, newKey } from '../keys.js';
import { cancelOrder, createOrder, orderStatus, patience } from '../status.js';

const settled = ['payment-on-hold', 'provider-refused', 'misconfigured'];

/**
 * Repeats a call that may be repeated, a few times; without network it waits for that. `onWait(key)` is told what is waited
 * for: `offline`, `slow`, or `paying` again.
 */
export async function patiently(send, onWait) {
  const slowly = () => onWait('slow');
  for (let tries = 1; ; tries += 1) {
    if (navigator.onLine === false) {
      onWait('offline');
      await patience(0);
      onWait('paying');
    }
    const slow = setTimeout(slowly, 5000);
    try {
      return await send();
    } catch (error) {
      const worthwhile = error.code === 'request-in-flight' || (error.temporary && !settled.includes(error.code));
      if (tries === 4 || error.status === 429 || !worthwhile) throw error;
      slowly();
      await patience(Math.min(error.retryAfterMs ?? 500 * 2 ** tries, 8000));
    } finally {
      clearTimeout(slow);
    }
  }
}

/**
 * Orders what `body` says, under a key kept at `place`. Resolves to `{ created }`, or to `{ earlier }`, the status of an order
 * of before that was paid, or may be: nothing is made beside it.
 */
export async function purchase(body, { place, onWait, ...options }) {
  const print = fingerprint(body);
  let kept = read(place);
  if (kept?.order) {
    const same = kept.print === print;
    const look = () => orderStatus(kept.order, options);
    const earlier = await patiently(same ? look : () => cancelOrder(kept.order, options), onWait).catch((error) => {
      if (error.status === 409) return look();
      if (error.status !== 404) throw error;
    });
    if (['verifying', 'paid', 'on-hold'].includes(earlier?.status)) {
      // Who is told that it was paid, and presses again, wants another.
      if (earlier.status === 'paid') write(place);
      return { earlier };
    }
    if (!same || earlier?.status !== 'awaiting-payment') kept = undefined;
  }
  if (kept?.print !== print) write(place, (kept = { print, key: newKey() }));
  try {
    const created = await patiently(() => createOrder(body, kept.key, options), onWait);
    write(place, { ...kept, order: created.order });
    return { created };
  } catch (error) {
    if (error.status > 0 && !error.temporary && error.code !== 'request-in-flight') write(place);
    throw error;
  }
}

function read(place) {
  try {
    return JSON.parse(sessionStorage.getItem(place));
  } catch {
    return undefined;
  }
}

function write(place, kept) {
  try {
    sessionStorage.setItem(place, JSON.stringify(kept ?? null));
  } catch {
    // Storage is forbidden: a double click is one order all the same.
  }
}

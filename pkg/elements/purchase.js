// One purchase is one order, however often it is sent: its key is kept by the tab until it is over. Kept is nothing about a
// person.
import { cancelEarlier, statusOf } from '../earlier-order.js';
import { fingerprint, newKey, settledCodes } from '../keys.js';
import { cancelOrder, createOrder, patience } from '../status.js';

/**
 * Repeats a call that may be repeated, a few times; without network it waits for that. `onWait(key)` is called with what is
 * waited for: `offline`, `slow`, or `paying` again.
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
      const worthwhile = error.code === 'request-in-flight' || (error.temporary && !settledCodes.includes(error.code));
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
 * of before that was paid, or may be: nothing is made beside it. An order of before is cancelled once the new one is made, and
 * before anybody gets to know the new link: a body that is refused costs nobody the order of before.
 */
export async function purchase(body, { place, onWait, ...options }) {
  const print = fingerprint(body);
  const stop = (earlier, kept) => {
    // A payer who sees that it was paid and presses again wants another.
    write(place, earlier.status === 'paid' ? undefined : kept);
    return { earlier };
  };
  let kept = read(place);
  if (kept?.order && kept.print === print) {
    const { status, ...more } = await patiently(() => statusOf(kept.order, options), onWait);
    if (['verifying', 'paid', 'on-hold'].includes(status)) return stop({ status, ...more }, kept);
    if (status !== 'awaiting-payment') kept = undefined;
  }
  if (kept?.print !== print) write(place, (kept = { print, key: newKey(), before: kept?.order ?? kept?.before }));
  const { key, before } = kept;
  let created;
  try {
    created = await patiently(() => createOrder(body, key, options), onWait);
    const earlier = before && (await patiently(() => cancelEarlier(before, options), onWait));
    if (['awaiting-payment', 'verifying', 'paid', 'on-hold'].includes(earlier?.status)) {
      // Nobody has the new link. If this is not heard, it runs out by itself.
      await cancelOrder(created.order, options).catch(() => {});
      return stop(earlier, { order: before });
    }
    write(place, { print, key, order: created.order });
    return { created };
  } catch (error) {
    // Once the order is made, its key stays: only what follows was refused.
    if (!created && isAnswer(error)) write(place, before && { order: before });
    throw error;
  }
}

/** Whether a refusal stays: nothing has come of the request. */
export const isAnswer = ({ status, temporary, code }) => status > 0 && !temporary && code !== 'request-in-flight';

/** Whether the page is at an address that the Worker takes no orders from, such as one on plain http. */
export const isMisplaced = ({ code }) => ['https-required', 'wrong-host', 'foreign-origin', 'origin'].includes(code);

/** What is kept where storage is forbidden: as long as the page. */
const memory = new Map();

function read(place) {
  try {
    return JSON.parse(sessionStorage.getItem(place)) ?? memory.get(place);
  } catch {
    return memory.get(place);
  }
}

function write(place, kept) {
  memory.set(place, kept);
  try {
    sessionStorage.setItem(place, JSON.stringify(kept ?? null));
  } catch {
    forget(place);
  }
}

/** Takes away a value that could not be replaced: it must not be read any more. The page remembers the new one. */
function forget(place) {
  try {
    sessionStorage.removeItem(place);
  } catch {
    // Where storage is forbidden there is none.
  }
}

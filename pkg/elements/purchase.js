// One purchase is one order, however often it is sent: the tab keeps its key until the order is over, and nothing about a person.
import { cancelEarlier, isOpen, statusOf } from '../earlier-order.js';
import { fingerprint } from '../keys.js';
import { sendOnce, withRetry } from '../send-once.js';
import { cancelOrder, createOrder } from '../status.js';
import { read, write } from './kept.js';

/**
 * Creates the order that `body` describes, under a key kept at `place`. Resolves to `{ created }`, or to `{ earlier }`, the status of an
 * earlier order that was paid, or may be: nothing is created beside it. An earlier order is cancelled once the new one is created and
 * before anybody gets the new link: a body that is refused leaves the earlier order as it is. `latest` is the order that another tab may have
 * created for the same.
 */
export async function purchase(body, { place, latest, onWait, ...options }) {
  const print = fingerprint(body);
  const retry = { onWait, limitMs: Infinity };
  let kept = read(place);
  if (kept?.order && kept.print === print) {
    const earlier = await withRetry(() => statusOf(kept.order, options), retry);
    if (earlier.status !== 'awaiting-payment') {
      if (isOpen(earlier.status)) return stop(place, earlier, kept);
      kept = undefined;
    }
  }
  const before = kept?.print === print ? kept.before : (latest ?? kept?.order ?? kept?.before);
  const store = {
    read: () => kept,
    write: (value) => write(place, { ...value, before }),
    drop: () => write(place, before && { order: before }),
  };
  const send = (key) => createOrder(body, key, options);
  const complete = async (created) => {
    const earlier = before && (await cancelEarlier(before, options));
    if (!isOpen(earlier?.status)) return { created };
    // Nobody has the new link. If this call fails, the link expires by itself.
    await cancelOrder(created.order, options).catch(() => {});
    return { earlier };
  };
  const { created, earlier } = await sendOnce({ store, print, send, complete, ...retry });
  if (earlier) return stop(place, earlier, { order: before });
  write(place, { print, key: created.idempotencyKey, order: created.order });
  return { created };
}

/** A payer who sees that the earlier order was paid and presses again wants another one: it is not kept. */
function stop(place, earlier, kept) {
  write(place, earlier.status === 'paid' ? undefined : kept);
  return { earlier: { ...earlier, order: kept.order } };
}

/** Returns whether the page is at an address from which the Worker accepts no orders, such as one on plain http. */
export const isMisplaced = ({ code }) => ['https-required', 'wrong-host', 'foreign-origin', 'origin'].includes(code);

// One purchase is one order, however often it is sent: the tab keeps its key until the order is over, and nothing about a person.
import { cancelEarlier, exclusively, isOpen, statusOf } from '../earlier-order.js';
import { fingerprint } from '../keys.js';
import { sendOnce, withRetry } from '../send-once.js';
import { cancelOrder, createOrder } from '../status.js';
import { handOver, handedOver } from './handover.js';
import { read, write } from './kept.js';
import { replace } from './replaced.js';

/** The lock under which orders of a Worker replace others or are paid again. */
export const lockOf = (worker) => `compago-order ${worker}`;

/** How long before a purchase began another tab may have made the same one and not be known to this tab, in milliseconds. */
const overlapMs = 1000;

/**
 * Creates the order that `body` describes, under a key kept at `place`, and passes it to `keep`. Resolves to `{ created }`, or to
 * `{ earlier }`, the status of an earlier order that was paid, or may be: nothing is created beside it. An earlier order is cancelled once the
 * new one is created and before anybody gets the new link: a body that is refused leaves the earlier order as it is. `latest()` returns the
 * order that another tab may have created for the same.
 */
export async function purchase(body, { place, latest, keep, onWait, ...options }) {
  // Whoever gave up at the checkout comes back to the page without its query, and buys the same.
  const print = fingerprint({ ...body, returnUrl: undefined });
  const began = Date.now();
  const retry = { onWait, limitMs: Infinity };
  const worker = options.origin;
  let kept = read(place);
  if (kept?.order && kept.print === print) {
    const earlier = await withRetry(() => statusOf(kept.order, options), retry);
    const isPayable = earlier.status === 'awaiting-payment';
    if (!isPayable && isOpen(earlier.status)) return stop(place, earlier, kept);
    // The answer under its key has the link of its first attempt.
    if (!isPayable || earlier.attempt > 1) kept = { order: kept.order };
  }
  const isRepeated = kept?.print === print;
  const before = isRepeated ? kept.before : (kept?.order ?? kept?.before);
  // A key belongs to one body.
  const { returnUrl } = isRepeated ? kept : body;
  const store = {
    read: () => kept,
    write: (value) => write(place, { ...value, returnUrl, before }),
    drop: () => write(place, before && { order: before }),
  };
  const send = (key) => createOrder({ ...body, returnUrl }, key, options);
  const complete = (created) =>
    exclusively(lockOf(worker), async () => {
      const settled = [created.order];
      const handed = await handedOver(worker, place, began - overlapMs);
      const other = () => [before, handed, latest()].find((order) => order && !settled.includes(order));
      for (let order = other(); order; order = other()) {
        const earlier = await cancelEarlier(order, options);
        if (isOpen(earlier.status)) {
          // Nobody has the new link. If this call fails, the link expires by itself.
          await cancelOrder(created.order, options).catch(() => {});
          return { earlier, order };
        }
        settled.push(order);
      }
      for (const order of settled.slice(1)) replace(worker, order, created.order);
      keep(created);
      await handOver(worker, [place, ...settled.slice(1)], created.order);
      return { created };
    });
  const { created, earlier, order } = await sendOnce({ store, print, send, complete, ...retry });
  if (earlier) return stop(place, earlier, { order });
  write(place, { print, key: created.idempotencyKey, order: created.order, returnUrl });
  return { created };
}

/** A payer who sees that the earlier order was paid and presses again wants another one: it is not kept. */
function stop(place, earlier, kept) {
  write(place, earlier.status === 'paid' ? undefined : kept);
  return { earlier: { ...earlier, order: kept.order } };
}

/** Returns whether the page is at an address from which the Worker accepts no orders, such as one on plain http. */
export const isMisplaced = ({ code }) => ['https-required', 'wrong-host', 'foreign-origin', 'origin'].includes(code);

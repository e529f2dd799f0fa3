// Replacing an earlier order: two links of one payer must never both be payable.
import { cancelOrder, orderStatus } from './status.js';

/** Returns whether an order was paid, or can be: nothing new may be started beside it. */
export const isOpen = (status) => ['awaiting-payment', 'verifying', 'paid', 'on-hold'].includes(status);

/** Resolves to the status of an order, `unknown` if it does not exist. */
export const statusOf = (order, options) => orderStatus(order, options).catch(unknownIfMissing);

/** Cancels an order. Resolves to its status then, which is another one if it was paid or is closed. */
export const cancelEarlier = (order, options) =>
  cancelOrder(order, options).catch((error) => (error.status === 409 ? statusOf(order, options) : unknownIfMissing(error)));

function unknownIfMissing(error) {
  if (error.status === 404) return { status: 'unknown' };
  throw error;
}

/** Runs `act` in one tab at a time, where the browser has locks. */
export async function exclusively(name, act) {
  let begun = false;
  const begin = () => {
    begun = true;
    return act();
  };
  try {
    return await (globalThis.navigator?.locks?.request(name, begin) ?? act());
  } catch (error) {
    if (begun) throw error;
    return act();
  }
}

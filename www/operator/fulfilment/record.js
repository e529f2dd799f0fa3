// Records the fulfilment of an order.
import { withRetry } from '/pkg/send-once.js';
import { fulfilmentOf } from './state.js';

/** Longer than the lists take to know of a change, in milliseconds. */
const LAG_MS = 10_000;

/** The state of each order that was changed here, and when. */
const changes = new Map();

/** Records `body`; the same content again changes nothing. Resolves to the order's detail. */
export async function record(reference, body, { api }) {
  const detail = await withRetry(() => api.post(`operator/orders/${encodeURIComponent(reference)}/fulfilment`, body));
  changes.set(reference, { status: fulfilmentOf(detail), at: Date.now() });
  return detail;
}

/** Returns whether an order has just left `status` here, which a list may not know yet. */
export function hasJustLeft(reference, status) {
  const change = changes.get(reference);
  return Boolean(change) && change.status !== status && Date.now() - change.at < LAG_MS;
}

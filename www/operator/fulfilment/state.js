// How far the fulfilment of an order is.

/** Returns the state of a paid order; undefined for one that is not paid. */
export function fulfilmentOf({ order, fulfilment, items }) {
  if (order.status !== 'paid') return undefined;
  return fulfilment?.status ?? (items.length > 0 ? 'pending' : undefined);
}

// Which state of an order its payer sees.

/** Returns an order's status, or, once it is paid and its fulfilment has begun, `prepared`, `on-its-way` or `handed-over`. */
export function visibleState({ status, fulfilment }) {
  if (status !== 'paid' || !['prepared', 'handed-over'].includes(fulfilment?.status)) return status;
  // An order that left without a carrier may have been fetched by the payer.
  const isSent = fulfilment.status === 'handed-over' && (fulfilment.carrier || fulfilment.trackingNumber);
  return isSent ? 'on-its-way' : fulfilment.status;
}

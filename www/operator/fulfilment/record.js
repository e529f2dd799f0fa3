// Records the fulfilment of an order.
import { withRetry } from '/pkg/send-once.js';

/** Records `body`; the same content again changes nothing. Resolves to the order's detail. */
export const record = (reference, body, { api }) =>
  withRetry(() => api.post(`operator/orders/${encodeURIComponent(reference)}/fulfilment`, body));

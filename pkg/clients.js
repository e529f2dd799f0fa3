// Clients of our own Worker: for a shop's pages, and for a till.
import { CompagoError, call, versions } from './status.js';

const segment = encodeURIComponent;

/**
 * Both clients. With the wasm at hand, a body that the Worker would refuse is refused here, in the same words, without a
 * call; without it, the Worker says so.
 */
export function clientsOf({ isReady }, { check }) {
  const checked = (body, kind, language) => {
    const errors = isReady() ? check(body, { kind, language }) : [];
    if (errors.length > 0) throw new CompagoError({ code: 'invalid-body', errors, detail: errors[0].detail }, 400);
    return body;
  };

  /** A shop's orders, as a payer's page sees them. */
  const shop = ({ origin, language, timeoutMs } = {}) => {
    const ask = (path, options) => call(path, { origin, language, timeoutMs, ...options });
    const status = (order, options) => ask(`shop/orders/${segment(order)}`, options);
    return {
      catalog: (options) => ask('shop/catalog', options),
      create: async (body, { idempotencyKey, ...options } = {}) =>
        ask('shop/orders', { method: 'POST', body: checked(body, 'order', language), headers: { 'idempotency-key': idempotencyKey || crypto.randomUUID() }, ...options }),
      status,
      follow: (order, options) => versions((more) => status(order, more), options),
      retry: (order, options) => ask(`shop/orders/${segment(order)}/retry`, { method: 'POST', ...options }),
      cancel: (order, options) => ask(`shop/orders/${segment(order)}/cancel`, { method: 'POST', ...options }),
    };
  };

  /** Charges at card terminals. `token` is the cashier's; a page that has signed in needs none. */
  const till = ({ origin, language, timeoutMs, token } = {}) => {
    const authorization = token && { authorization: `Bearer ${token}` };
    const ask = (path, { headers, ...options } = {}) =>
      call(`pos/${path}`, { origin, language, timeoutMs, headers: { ...authorization, ...headers }, ...options });
    const status = (intent, options) => ask(`payment-intents/${segment(intent)}`, options);
    return {
      charge: async (body, { idempotencyKey, ...options } = {}) =>
        ask('payment-intents', { method: 'POST', body: checked(body, 'payment-intent', language), headers: { 'idempotency-key': idempotencyKey || crypto.randomUUID() }, ...options }),
      status,
      current: (terminalCode, options) => ask(`terminals/${segment(terminalCode)}/payment-intent`, options),
      follow: (intent, options) => versions((more) => status(intent, more), options),
      cancel: (intent, options) => ask(`payment-intents/${segment(intent)}/cancel`, { method: 'POST', ...options }),
    };
  };

  return { shop, till };
}

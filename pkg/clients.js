// Clients of the Worker: for the pages of a shop, and for a till.
import { problemsOf } from './body-checks.js';
import { newKey } from './keys.js';
import { headerValue, misuse, withToken } from './misuse.js';
import { CompagoError, call, createOrder, versions } from './status.js';

const segment = encodeURIComponent;

const passKey = 'pass an `idempotencyKey`, such as crypto.randomUUID(), and keep it: a call that is repeated with the same key, such as after a time-out, is carried out once.';

/**
 * Returns a body that is valid. With the wasm loaded, one that the Worker would refuse is refused here, with the same problems and without a
 * call.
 */
function checked(body, kind, language, idempotencyKey) {
  const errors = problemsOf(body, { kind, language });
  const problem = { code: 'invalid-body', errors, didNothing: true };
  if (errors.length > 0) throw Object.assign(new CompagoError(problem, 400), { idempotencyKey });
  return body;
}

/** Returns the client of a payer's page. */
export function shop({ origin, language, timeoutMs } = {}) {
  const send = (path, options) => call(path, { origin, language, timeoutMs, ...options });
  const status = (order, options) => send(`shop/orders/${segment(order)}`, options);
  return {
    catalog: (options) => send('shop/catalog', options),
    create: async (body, { idempotencyKey, ...options } = {}) => {
      // An aborted call rejects with the signal's reason, which has no key.
      if (options.signal && !idempotencyKey) throw misuse('idempotency-key', `With a \`signal\`, ${passKey}`);
      const key = idempotencyKey || newKey();
      return createOrder(checked(body, 'order', options.language ?? language, key), key, { origin, language, timeoutMs, ...options });
    },
    status,
    follow: (order, options) => versions((more) => status(order, more), options),
    retry: (order, options) => send(`shop/orders/${segment(order)}/retry`, { method: 'POST', ...options }),
    cancel: (order, options) => send(`shop/orders/${segment(order)}/cancel`, { method: 'POST', ...options }),
  };
}

/** Returns the client for charges at card terminals. `token` is the cashier's; a page that has signed in needs none. */
export function till({ origin, language, timeoutMs, token } = {}) {
  const bare = headerValue(token, 'token', "Pass the cashier's `token` as it is configured: visible ASCII characters.");
  const send = async (path, options) => {
    const own = { origin, language, timeoutMs, ...options };
    return call(`pos/${path}`, { ...own, ...(bare && withToken(bare, own.origin)) });
  };
  const status = (intent, options) => send(`payment-intents/${segment(intent)}`, options);
  return {
    charge: async (body, { idempotencyKey, ...options } = {}) => {
      if (!idempotencyKey) throw misuse('idempotency-key', `Before a card is charged, ${passKey}`);
      const sound = checked(body, 'payment-intent', options.language ?? language, idempotencyKey);
      return send('payment-intents', { method: 'POST', body: sound, idempotencyKey, ...options });
    },
    status,
    current: (terminalCode, options) => send(`terminals/${segment(terminalCode)}/payment-intent`, options),
    follow: (intent, options) => versions((more) => status(intent, more), options),
    cancel: (intent, options) => send(`payment-intents/${segment(intent)}/cancel`, { method: 'POST', ...options }),
  };
}

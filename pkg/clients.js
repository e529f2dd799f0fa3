// Clients of our own Worker: for a shop's pages, and for a till.
import { newKey } from './keys.js';
import { CompagoError, call, createOrder, versions } from './status.js';

const segment = encodeURIComponent;

/** Nothing was sent, and nothing would be the next time. */
const misuse = (code, detail) => new CompagoError({ code, detail, didNothing: true }, 400);
const handIn = 'hand in an `idempotencyKey`, such as crypto.randomUUID(), and keep it: repeated with the same key after silence, the call is made once.';

/** Whether nobody on the way can read what is sent to an origin, by default the page's own: https, or http on this machine. */
function isPrivate(origin = '') {
  try {
    const { protocol, hostname } = new URL(origin, globalThis.location?.href);
    return protocol === 'https:' || (protocol === 'http:' && ownHosts.includes(hostname));
  } catch {
    return false;
  }
}
const overHttps = 'that begins with https://, or with http:// on this machine';
const ownHosts = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Both clients. With the wasm at hand, a body that the Worker would refuse is refused here, in the same words, without a
 * call; without it, the Worker says so.
 */
export function clientsOf({ isReady }, { check }) {
  const checked = (body, kind, language, idempotencyKey) => {
    const errors = isReady() ? check(body, { kind, language }) : [];
    const problem = { code: 'invalid-body', errors, detail: errors[0]?.detail, didNothing: true };
    if (errors.length > 0) throw Object.assign(new CompagoError(problem, 400), { idempotencyKey });
    return body;
  };

  /** A shop's orders, as a payer's page sees them. */
  const shop = ({ origin, language, timeoutMs } = {}) => {
    const ask = (path, options) => call(path, { origin, language, timeoutMs, ...options });
    const status = (order, options) => ask(`shop/orders/${segment(order)}`, options);
    return {
      catalog: (options) => ask('shop/catalog', options),
      create: async (body, { idempotencyKey, ...options } = {}) => {
        // It rejects with the signal's reason, which has no key.
        if (options.signal && !idempotencyKey) throw misuse('idempotency-key', `With a \`signal\`, ${handIn}`);
        const key = idempotencyKey || newKey();
        return createOrder(checked(body, 'order', language, key), key, { origin, language, timeoutMs, ...options });
      },
      status,
      follow: (order, options) => versions((more) => status(order, more), options),
      retry: (order, options) => ask(`shop/orders/${segment(order)}/retry`, { method: 'POST', ...options }),
      cancel: (order, options) => ask(`shop/orders/${segment(order)}/cancel`, { method: 'POST', ...options }),
    };
  };

  /** Charges at card terminals. `token` is the cashier's; a page that has signed in needs none. */
  const till = ({ origin, language, timeoutMs, token } = {}) => {
    const bare = String(token ?? '').trim();
    // What a header cannot take, `fetch` would write into its error.
    if (!/^[!-~]{0,512}$/.test(bare)) throw misuse('token', "Hand in the cashier's `token` as it is configured: visible ASCII characters.");
    // A redirect could take the token elsewhere.
    const withToken = bare && { headers: { authorization: `Bearer ${bare}` }, redirect: 'manual' };
    const ask = async (path, options) => {
      const own = { origin, language, timeoutMs, ...options };
      if (bare && !isPrivate(own.origin)) throw misuse('origin', `Hand in an \`origin\` ${overHttps}: the token is sent there.`);
      return call(`pos/${path}`, { ...own, ...withToken });
    };
    const status = (intent, options) => ask(`payment-intents/${segment(intent)}`, options);
    return {
      charge: async (body, { idempotencyKey, ...options } = {}) => {
        if (!idempotencyKey) throw misuse('idempotency-key', `Before a card is charged, ${handIn}`);
        return ask('payment-intents', { method: 'POST', body: checked(body, 'payment-intent', language, idempotencyKey), idempotencyKey, ...options });
      },
      status,
      current: (terminalCode, options) => ask(`terminals/${segment(terminalCode)}/payment-intent`, options),
      follow: (intent, options) => versions((more) => status(intent, more), options),
      cancel: (intent, options) => ask(`payment-intents/${segment(intent)}/cancel`, { method: 'POST', ...options }),
    };
  };

  return { shop, till };
}

// A client of the Worker for the merchant's backend: orders of any amount, saved cards, reports, the list of what needs a person.
import { headerValue, misuse, withToken } from './misuse.js';
import { call } from './status.js';

const segment = encodeURIComponent;
const bad = "Pass the operator's `token` as it is configured: visible ASCII characters.";
const keyless =
  'Pass an `idempotencyKey`, such as crypto.randomUUID(), and keep it: a call that is repeated with the same body and key, such as after a time-out, is carried out once.';

/** Returns the client of the operator's API. The token is sent only to the Worker, over https or to this machine. */
export function operator({ origin, token, language, timeoutMs } = {}) {
  const bare = headerValue(token, 'token', bad);
  if (!bare) throw misuse('token', bad);
  const auth = withToken(bare, origin);
  const send = (path, options) => call(`operator/${path}`, { language, timeoutMs, ...options, ...auth });
  const get = (path, filter, options) => send(path + queryOf(filter), options);
  const post = (path, options) => send(path, { ...options, method: 'POST' });
  /** A call that creates something at Compago or moves money needs a key. */
  const keyed = async (path, body, options) => {
    if (!options?.idempotencyKey) throw misuse('idempotency-key', keyless);
    return post(path, { ...options, body });
  };
  const order = (reference) => `orders/${segment(reference)}`;
  const link = (id) => `one-time-payments/${segment(id)}`;
  const card = (id) => `payment-methods/${segment(id)}`;
  const payment = (id, paymentId) => `${card(id)}/payments/${segment(paymentId)}`;
  return {
    orders: {
      create: (body, options) => keyed('orders', body, options),
      list: (filter, options) => get('orders', filter, options),
      get: (reference, { watch, ...options } = {}) => get(order(reference), watch && { watch }, options),
      check: (reference, options) => post(`${order(reference)}/check`, options),
      delivery: (reference, options) => send(`${order(reference)}/delivery`, options),
      fulfil: (reference, change, options) => post(`${order(reference)}/fulfilment`, { ...options, body: change }),
    },
    oneTimePayments: {
      list: (filter, options) => get('one-time-payments', filter, options),
      get: (id, options) => send(link(id), options),
      cancel: (id, options) => post(`${link(id)}/cancel`, options),
    },
    paymentMethods: {
      create: (body, options) => keyed('payment-methods', body, options),
      list: (filter, options) => get('payment-methods', filter, options),
      get: (id, options) => send(card(id), options),
      revoke: (id, options) => send(card(id), { ...options, method: 'DELETE' }),
      charge: (id, body, options) => keyed(`${card(id)}/payments`, body, options),
      payments: (id, filter, options) => get(`${card(id)}/payments`, filter, options),
      payment: (id, paymentId, options) => send(payment(id, paymentId), options),
      refund: (id, paymentId, body, options) => keyed(`${payment(id, paymentId)}/refund`, body ?? {}, options),
    },
    charges: {
      list: (filter, options) => get('charges', filter, options),
      get: (reference, options) => send(`charges/${segment(reference)}`, options),
    },
    reports: {
      summary: (options) => send('reports/summary', options),
      figures: (span, options) => get('reports/figures', span, options),
    },
    attention: {
      list: (filter, options) => get('attention', filter, options),
      done: (kind, key, options) => post(`attention/${segment(kind)}/${segment(key)}/done`, options),
    },
    webhooks: {
      list: (filter, options) => get('webhooks', filter, options),
      redeliver: (id, options) => post(`webhooks/${segment(id)}/redeliver`, options),
    },
    reconciliation: {
      get: (options) => send('reconciliation', options),
      start: (options) => post('reconciliation', options),
      findings: (filter, options) => get('reconciliation/findings', filter, options),
    },
    index: {
      get: (options) => send('index', options),
      rebuild: (options) => post('index', options),
    },
    settings: {
      get: (options) => send('settings', options),
      check: (options) => post('settings/check', options),
      rotateWebhookSecret: (options) => post('settings/webhook-secret/rotate', options),
    },
  };
}

export { CompagoError } from './status.js';

/** Returns a filter as a query. Undefined and null are left out; times may be dates; of metadata, each entry is a parameter. */
function queryOf(filter) {
  const pairs = Object.entries(filter ?? {}).flatMap(([name, value]) => {
    if (value === undefined || value === null) return [];
    if (value instanceof Date) return [[name, value.toISOString()]];
    if (typeof value !== 'object') return [[name, String(value)]];
    return Object.entries(value).map(([key, text]) => [`${name}[${key}]`, String(text)]);
  });
  return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : '';
}

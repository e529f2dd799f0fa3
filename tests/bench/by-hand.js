// The status route as somebody would write it by hand in JavaScript, for `npm run bench`: the same address, the same
// check of the order's capability before anything is asked, a Durable Object with SQLite that keeps the order as JSON,
// the same fields and headers in the answer. It leaves out what only the product does: nobody is asked about the payment.

import { DurableObject } from 'cloudflare:workers';

const CHARACTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const NAME = 12;
const TAG = 26;

const HEADERS = {
  'cache-control': 'no-store',
  'content-type': 'application/json; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
};

const encoder = new TextEncoder();
/** @type {CryptoKey | undefined} imported once, as anybody would */
let signingKey;

export default {
  /** @param {Request} request @param {any} env */
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === '/healthz') return json(200, { status: 'ok' });
    const [, order] = pathname.match(/^\/api\/shop\/orders\/([0-9a-z]{38})$/) ?? [];
    if (!order || !(await isGenuine(order, env.SIGNING_KEY))) return json(404, { code: 'not-found' });
    const object = env.ORDERS.get(env.ORDERS.idFromName(order.slice(0, NAME).toUpperCase()));
    const answer = await object.fetch('https://object.invalid/', { method: request.method, body: request.body });
    return new Response(answer.body, { status: answer.status, headers: HEADERS });
  },
};

export class OrderObject extends DurableObject {
  /** @param {any} ctx @param {any} env */
  constructor(ctx, env) {
    super(ctx, env);
    ctx.storage.sql.exec('CREATE TABLE IF NOT EXISTS record (name TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID');
  }

  /** @param {Request} request */
  async fetch(request) {
    const { sql } = this.ctx.storage;
    if (request.method === 'PUT') {
      sql.exec('INSERT OR REPLACE INTO record VALUES (?, ?)', 'order', await request.text());
      return json(200, {});
    }
    const [row] = sql.exec('SELECT json FROM record WHERE name = ?', 'order').toArray();
    if (!row) return json(404, { code: 'not-found' });
    const { terms, current, due, paidBy, version } = JSON.parse(row.json);
    return json(200, {
      reference: terms.reference,
      status: paidBy ? 'paid' : 'open' in current.stage ? 'awaiting-payment' : 'verifying',
      amount: terms.amount,
      currency: terms.currency,
      description: terms.description,
      items: terms.items.map(({ sku, name, quantity, unitAmount }) => ({ sku, name, quantity, unitAmount, amount: times(unitAmount, quantity) })),
      createdAt: current.startedAt,
      expiresAt: current.expiresAt,
      attempt: current.number,
      pollAfterMs: Math.min(Math.max(Date.parse(due) - Date.now(), 1_000), 15_000),
      version,
    });
  }
}

/** @param {string} order its name and the tag of it, 130 bits of an HMAC @param {string} secret */
async function isGenuine(order, secret) {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  signingKey ??= await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', signingKey, encoder.encode(`order\0${order.slice(0, NAME)}`));
  const [expected, given] = [tagOf(new Uint8Array(mac)), order.slice(NAME)];
  let differs = 0;
  for (let at = 0; at < TAG; at += 1) differs |= expected.charCodeAt(at) ^ given.charCodeAt(at);
  return differs === 0;
}

/** @param {Uint8Array} mac @returns {string} its first 130 bits, five to a character */
function tagOf(mac) {
  let [text, held, bits] = ['', 0, 0];
  for (const byte of mac) {
    held = ((held << 8) | byte) & 0xffff;
    for (bits += 8; bits >= 5 && text.length < TAG; bits -= 5) text += CHARACTERS[(held >> (bits - 5)) & 31];
  }
  return text;
}

/** @param {string} amount in pesos @param {number} quantity */
const times = (amount, quantity) => ((Math.round(Number(amount) * 100) * quantity) / 100).toFixed(2);

/** @param {number} status @param {unknown} body */
const json = (status, body) => new Response(JSON.stringify(body), { status, headers: HEADERS });

// One order: a link at Compago, which is created and then read to prove that it is the order's, and read again when the payer comes back
// and by an alarm. What is stored changes before and after each call; a read by the alarm alone is not stored before. What the operator's
// index is to know is published after the calls, and stored when the index has taken it.

import { DurableObject } from 'cloudflare:workers';
import { centavosOf, pesosOf } from './checks.js';
import { fingerprintOf } from './keys.js';
import { json, problem, seeOther } from './respond.js';

const MIN_GAP = 3_000;
const POLL_GAP = 60_000;
const LONGEST_GAP = 600_000;
const CALL_TIMEOUT = 10_000;
/** How long after a call began the object wakes again, should it have crashed meanwhile. */
const RECOVER = 25_000;
const RETURNS = 4;

export class OrderObject extends DurableObject {
  /** When the alarm fires. @type {number | null | undefined} */
  alarmAt;

  /** @param {any} ctx @param {any} env */
  constructor(ctx, env) {
    super(ctx, env);
    this.storage = ctx.storage;
    this.sql = ctx.storage.sql;
  }

  /** @param {Request} request */
  async fetch(request) {
    const command = await request.json();
    if (command.place) return this.place(command.place);
    const order = this.load('order');
    if (!order) return problem(404, 'not-found');
    if (command.watch) return json(200, view(order));
    if (command.cancel) return this.cancel(order);
    return this.payerReturned(order, this.load('placed'), command.return.claim);
  }

  async alarm() {
    this.alarmAt = null;
    const order = this.load('order');
    if (!order) return;
    if (order.due !== null && Date.parse(order.due) <= Date.now()) await this.read(order, {});
    else this.setAlarm(order);
  }

  /** @param {{ terms: any, body: string, capability: string }} placed */
  async place({ terms, body, capability }) {
    this.sql.exec('CREATE TABLE IF NOT EXISTS record (name TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID');
    this.sql.exec('CREATE TABLE IF NOT EXISTS outbox (id TEXT PRIMARY KEY, body TEXT NOT NULL, delivery TEXT NOT NULL) WITHOUT ROWID');
    this.sql.exec('CREATE TABLE IF NOT EXISTS listing (id TEXT PRIMARY KEY, version INTEGER NOT NULL, json TEXT NOT NULL, next_at TEXT) WITHOUT ROWID');
    const fingerprint = await fingerprintOf(body, this.env);
    if (this.load('order')) {
      if (this.load('placed').fingerprint !== fingerprint) return problem(422, 'key-reused');
      const created = this.load('created');
      return created ? json(201, created) : problem(409, 'request-in-flight');
    }
    const now = iso(Date.now());
    const order = {
      schemaVersion: 1,
      terms,
      earlier: [],
      current: {
        number: 1,
        externalId: `${terms.reference}-1`,
        startedAt: now,
        expiresAt: iso(Date.now() + terms.ttl * 60_000),
        paymentId: null,
        url: null,
        polls: null,
        claimed: false,
        stage: 'creating',
      },
      flight: 1,
      due: iso(Date.now() + RECOVER),
      paidAt: null,
      version: 1,
      history: [{ at: now, attempt: 1, what: 'begun' }],
      reads: [],
    };
    this.commit(order, { placed: { fingerprint, capability, returnPage: null } });
    return this.open(order, capability);
  }

  /** @param {any} order @param {string} capability */
  async open(order, capability) {
    const { terms, current } = order;
    const { amount, description, redirectUrl, homepageUrl, ttl, billingInformation } = terms;
    const wanted = { amount: Number(amount), currency: terms.currency, description, externalId: current.externalId, redirectUrl, homepageUrl, ttlMinutes: ttl, billingInformation };
    const { redirectUrl: url } = await this.call('POST', '', wanted);
    const checkout = new URL(url);
    if (!this.env.CHECKOUT_ORIGINS.split(',').includes(checkout.origin)) throw new Error('a checkout elsewhere');
    const id = checkout.pathname.split('/').at(-1) ?? '';
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new Error('a checkout without an id');
    Object.assign(current, { paymentId: id, url, stage: 'proving' });
    order.history.push({ at: iso(Date.now()), attempt: 1, what: 'proving' });
    Object.assign(order, { flight: 2, due: iso(Date.now() + RECOVER) });
    this.commit(order);
    const payment = await this.call('GET', `/${id}`);
    if (!isOrders(payment, order)) throw new Error('a payment of something else');
    const now = iso(Date.now());
    Object.assign(current, {
      stage: 'open',
      expiresAt: iso(Date.parse(payment.expiresAt)),
      polls: { freshSince: now, lastReadAt: now, lastPollAt: now, reads: 1, watched: 0, returns: 0, failures: 0, answered: true },
    });
    order.history.push({ at: now, attempt: 1, what: 'opened' });
    Object.assign(order, { flight: null, due: iso(Date.now() + POLL_GAP), version: 2 });
    const created = { order: capability, reference: dashed(terms.reference), amount, currency: terms.currency, checkoutUrl: url, expiresAt: current.expiresAt };
    this.commit(order, { created });
    this.ctx.waitUntil(this.publish(order));
    return json(201, created);
  }

  /** @param {any} order @param {any} placed @param {{ paymentId: string, externalId: string } | null} claim */
  payerReturned(order, placed, claim) {
    const { current } = order;
    const isOwn = current.stage === 'open' && claim?.paymentId === current.paymentId && claim?.externalId === current.externalId;
    if (isOwn && current.polls.returns < RETURNS) {
      const { polls } = current;
      Object.assign(polls, { returns: polls.returns + 1, freshSince: iso(Date.now()), failures: 0 });
      const isSoon = Date.now() - Date.parse(polls.lastReadAt) < MIN_GAP;
      current.claimed = true;
      order.version += 1;
      if (isSoon) {
        order.due = iso(Date.parse(polls.lastReadAt) + MIN_GAP);
        this.commit(order);
      } else {
        this.ctx.waitUntil(this.read(order, { claimed: true }));
      }
    }
    return seeOther(`/return.html?order=${placed.capability}`);
  }

  /** Follows the order no longer. @param {any} order */
  cancel(order) {
    order.due = null;
    this.commit(order);
    return json(200, view(order));
  }

  /** Reads the payment, and publishes what has changed. @param {any} order @param {{ claimed?: boolean }} how */
  async read(order, { claimed = false }) {
    const { current } = order;
    const now = iso(Date.now());
    Object.assign(current.polls, { reads: current.polls.reads + 1, lastReadAt: now, lastPollAt: now, answered: false });
    Object.assign(order, { flight: current.polls.reads, due: iso(Date.now() + RECOVER) });
    if (claimed) this.commit(order);
    const payment = await this.call('GET', `/${current.paymentId}`);
    const after = this.load('order');
    if (!isOrders(payment, after)) throw new Error('a payment of something else');
    const age = Date.parse(after.current.polls.lastPollAt) - Date.parse(after.current.polls.freshSince);
    after.current.polls.answered = true;
    after.current.claimed = claimed;
    Object.assign(after, { flight: null, due: iso(Date.now() + Math.min(Math.max(age / 3, POLL_GAP), LONGEST_GAP)) });
    this.commit(after);
    await this.publish(after);
  }

  /** Publishes what the index is to know, if that has changed. @param {any} order */
  async publish(order) {
    const [id, listing] = [`order/${order.terms.reference}`, JSON.stringify(listingOf(order))];
    const [known] = this.sql.exec('SELECT version, json FROM listing WHERE id = ?', id).toArray();
    if (known?.json === listing) return;
    const version = Math.max((known?.version ?? 0) + 1, Date.now());
    await ask(this.env.DESK, 'desk', { address: `ORDERS/${this.ctx.id}`, isNew: !known, listings: [{ id, version, json: listing }] });
    this.storage.transactionSync(() => this.sql.exec('INSERT OR REPLACE INTO listing VALUES (?, ?, ?, NULL)', id, version, listing));
    this.setAlarm();
  }

  /** Writes the order and other records in one transaction, and sets the alarm. @param {any} order @param {Record<string, any>} [others] */
  commit(order, others = {}) {
    this.storage.transactionSync(() => {
      for (const [name, value] of Object.entries({ ...others, order })) this.sql.exec('INSERT OR REPLACE INTO record VALUES (?, ?)', name, JSON.stringify(value));
    });
    this.setAlarm(order);
  }

  /** Sets the alarm to the order's next read. While a call is under way, one that fires before stays. @param {any} [order] */
  setAlarm(order = this.load('order')) {
    if (order.due === null) return;
    const at = Date.parse(order.due);
    const isEarlier = this.alarmAt != null && this.alarmAt <= at;
    if (this.alarmAt === at || (isEarlier && order.flight !== null)) return;
    this.alarmAt = at;
    this.storage.setAlarm(at);
  }

  /** @param {string} name */
  load(name) {
    const [row] = this.sql.exec('SELECT json FROM record WHERE name = ?', name).toArray();
    return row && JSON.parse(row.json);
  }

  /** Calls Compago. @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
  async call(method, path, body) {
    const headers = { accept: 'application/json', 'x-api-key': this.env.COMPAGO_API_KEY, ...(body && { 'content-type': 'application/json' }) };
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), CALL_TIMEOUT);
    try {
      const sent = { method, headers, body: body && JSON.stringify(body), redirect: 'manual', signal: limit.signal };
      const answer = await fetch(`${this.env.COMPAGO_BASE_URL}/one-time-payment${path}`, /** @type {RequestInit} */ (sent));
      if (!answer.ok) throw new Error(`Compago answered ${answer.status}`);
      return await answer.json();
    } finally {
      // A timer would keep the object in memory.
      clearTimeout(timer);
    }
  }
}

/** Whether a payment is the order's. @param {any} payment @param {any} order */
const isOrders = (payment, { terms, current }) =>
  payment.id === current.paymentId &&
  payment.externalId === current.externalId &&
  payment.currency === terms.currency &&
  Math.round(payment.amount * 100) === centavosOf(terms.amount) &&
  payment.homepageUrl === terms.homepageUrl &&
  payment.status === 'PENDING';

/** @param {any} order @returns {string} */
const statusOf = ({ current }) => (current.stage === 'open' && !current.claimed ? 'awaiting-payment' : 'verifying');

/** @param {any} order */
function view(order) {
  const { terms, current, due, version } = order;
  return {
    reference: dashed(terms.reference),
    status: statusOf(order),
    amount: terms.amount,
    currency: terms.currency,
    description: terms.description,
    items: terms.items.map((/** @type {any} */ item) => ({ ...item, amount: pesosOf(centavosOf(item.unitAmount) * item.quantity) })),
    createdAt: current.startedAt,
    expiresAt: current.expiresAt,
    attempt: current.number,
    pollAfterMs: Math.min(Math.max(Date.parse(due) - Date.now(), 1_000), 15_000),
    version,
  };
}

/** What the operator's index is to know. @param {any} order */
function listingOf(order) {
  const { terms, current } = order;
  const { number, externalId, paymentId, startedAt, expiresAt } = current;
  const { amount, currency, description, items } = terms;
  const pieces = items.reduce((/** @type {number} */ sum, /** @type {any} */ { quantity }) => sum + quantity, 0);
  // A payment is the order's once it was read.
  const isProved = current.stage === 'open';
  const proved = isProved ? [{ externalId, paymentId, end: 'open' }] : [];
  const watch = isProved ? { paymentId, startedAt, expiresAt } : null;
  const row = { reference: dashed(terms.reference), status: statusOf(order), onHold: null, amount, currency, description, externalId, attempt: number, createdAt: startedAt, paidAt: null, expiresAt, pieces };
  return { createdAt: startedAt, settledAt: null, needs: null, watch, terms: items.map((/** @type {any} */ { sku }) => ['sku', sku.toLowerCase()]), attempts: proved, row };
}

/** @param {string} reference */
const dashed = (reference) => reference.match(/.{4}/g)?.join('-');

/** @param {any} objects @param {string} name @param {object} command */
async function ask(objects, name, command) {
  const answer = await objects.getByName(name).fetch('https://object.invalid/', { method: 'POST', body: JSON.stringify(command) });
  if (!answer.ok) throw new Error(`an object answered ${answer.status}`);
  await answer.arrayBuffer();
}

/** @param {number} time */
const iso = (time) => new Date(time).toISOString();

// The objects of which a shop has one: the counter of open links, and the operator's index, which also keeps the addresses of new objects
// and which links are open.

import { DurableObject } from 'cloudflare:workers';
import { json } from './respond.js';

const MINUTE = 60_000;

export class OpenLinksObject extends DurableObject {
  /** @type {Map<string, { client: string, endsAt: number }> | undefined} by reference */
  links;
  /** @type {Map<string, Set<string>>} by client */
  byClient = new Map();
  /** @type {Map<string, number>} when the bucket of each client is full again */
  buckets = new Map();

  /** @param {Request} request */
  async fetch(request) {
    const { reserve } = await request.json();
    return json(200, await this.reserve(reserve, Date.now()));
  }

  /** @param {any} wanted @param {number} now */
  async reserve({ reference, client, minutes, limits }, now) {
    const links = this.read();
    const each = MINUTE / limits.perMinute;
    const fullAt = Math.max(this.buckets.get(client) ?? now, now) + each;
    if (fullAt - now > MINUTE) return { refusal: { reason: 'too-many-requests' } };
    if (links.size >= limits.perShop) return { refusal: { reason: 'shop-busy' } };
    const own = this.byClient.get(client) ?? new Set();
    if (own.size >= limits.perClient) return { refusal: { reason: 'too-many-open-links' } };
    this.buckets.set(client, fullAt);
    const link = { client, askedAt: now, endsAt: now + minutes * MINUTE };
    links.set(reference, link);
    this.byClient.set(client, own.add(reference));
    const { storage } = this.ctx;
    const row = { client, askedAt: iso(link.askedAt), endsAt: iso(link.endsAt) };
    storage.sql.exec('INSERT OR REPLACE INTO link VALUES (?, ?, ?)', reference, JSON.stringify(row), row.endsAt);
    if ((await storage.getAlarm()) === null) storage.setAlarm(link.endsAt);
    return { ticket: { reference, askedAt: row.askedAt } };
  }

  read() {
    if (this.links) return this.links;
    const { sql } = this.ctx.storage;
    sql.exec('CREATE TABLE IF NOT EXISTS link (reference TEXT PRIMARY KEY, json TEXT NOT NULL, ends_at TEXT NOT NULL) WITHOUT ROWID');
    this.links = new Map();
    for (const { reference, json: text } of sql.exec('SELECT reference, json FROM link').toArray()) {
      const { client, endsAt } = JSON.parse(text);
      this.links.set(reference, { client, endsAt: Date.parse(endsAt) });
      this.byClient.set(client, (this.byClient.get(client) ?? new Set()).add(reference));
    }
    return this.links;
  }
}

export class DeskObject extends DurableObject {
  /** @param {any} ctx @param {any} env */
  constructor(ctx, env) {
    super(ctx, env);
    ctx.storage.sql.exec(`
      CREATE TABLE IF NOT EXISTS entry (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, home TEXT NOT NULL, version INTEGER NOT NULL,
        created_at TEXT NOT NULL, settled_at TEXT, needs TEXT, since TEXT, done_at TEXT, row TEXT NOT NULL
      ) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS entry_created ON entry (kind, created_at);
      CREATE INDEX IF NOT EXISTS entry_settled ON entry (settled_at) WHERE settled_at IS NOT NULL;
      CREATE TABLE IF NOT EXISTS term (value TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (value, key, id)) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS attempt (payment_id TEXT PRIMARY KEY, id TEXT NOT NULL, external_id TEXT NOT NULL, end TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS watch (payment_id TEXT PRIMARY KEY, id TEXT NOT NULL, started_at TEXT NOT NULL, ends_at TEXT NOT NULL, hit TEXT) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS home (number INTEGER PRIMARY KEY, since TEXT NOT NULL, addresses TEXT NOT NULL);
    `);
  }

  /** @param {Request} request */
  async fetch(request) {
    const { address, isNew, listings } = await request.json();
    this.ctx.storage.transactionSync(() => {
      listings.forEach((/** @type {any} */ listing) => this.take(address, listing));
      if (isNew) this.register(address);
    });
    return new Response(null, { status: 204 });
  }

  /** @param {string} address @param {any} listing */
  take(address, { id, version, json: text }) {
    const { sql } = this.ctx.storage;
    const { createdAt, settledAt, needs, watch, terms, attempts, row } = JSON.parse(text);
    const [known] = sql.exec('SELECT created_at, version FROM entry WHERE id = ?', id).toArray();
    if (known && (known.version >= version || known.created_at !== createdAt)) return;
    if (known) sql.exec('UPDATE entry SET version = ?, row = ? WHERE id = ?', version, JSON.stringify(row), id);
    else {
      const [kind] = id.split('/');
      sql.exec('INSERT INTO entry VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, ?9)', ...[id, kind, address, version, createdAt, settledAt, needs, iso(Date.now()), JSON.stringify(row)]);
    }
    for (const [key, value] of terms) sql.exec('INSERT OR IGNORE INTO term VALUES (?, ?, ?)', value, key, id);
    for (const { paymentId, externalId, end } of attempts) {
      sql.exec('INSERT INTO attempt VALUES (?, ?, ?, ?) ON CONFLICT (payment_id) DO UPDATE SET end = excluded.end WHERE end != excluded.end', paymentId, id, externalId, end);
    }
    if (watch) sql.exec('INSERT OR IGNORE INTO watch VALUES (?, ?, ?, ?, NULL)', watch.paymentId, id, watch.startedAt, watch.expiresAt);
  }

  /** Keeps the address of a new object, to be handed over with others. @param {string} address */
  register(address) {
    const { sql } = this.ctx.storage;
    const month = iso(Date.now()).slice(0, 7);
    const [last] = sql.exec('SELECT number FROM home WHERE number = (SELECT max(number) FROM home) AND json_array_length(addresses) < 50').toArray();
    if (last) sql.exec("UPDATE home SET addresses = json_insert(addresses, '$[#]', json_array(?, ?)) WHERE number = ?", month, address, last.number);
    else sql.exec('INSERT INTO home (since, addresses) VALUES (?, json_array(json_array(?, ?)))', iso(Date.now()), month, address);
  }
}

/** @param {number} time */
const iso = (time) => new Date(time).toISOString();

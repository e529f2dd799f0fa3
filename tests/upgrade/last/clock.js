// The Worker with a clock that can be put forward, so that a test need not wait ten minutes for what happens after ten
// minutes. `POST /_hold` lets what is under way end and holds alarms back, so that clocks elsewhere can be moved as well; `POST /_clock`
// with the milliseconds by which the clock is to be ahead lets them go on, and a clock that `POST /_freeze` with a time had stopped, and answers when all that is due by then is done,
// calls and webhooks included. `POST /_night` is what the runtime does when it is three o'clock in Mexico City, and `POST /_hour` what it does
// in the hour that begins at noon there, or at the time that is sent. `POST /_ring` has
// every alarm fire now, due or not. `POST /_alarms` tells which objects keep an alarm. `POST /_down` with the binding of objects that from now on answer nothing but 503, or throw if ` throw` follows, or with nothing; it tells how often
// they were asked meanwhile. `POST /_flaky` with `{ binding, error, times }`: so many calls of the Worker to such objects fail before
// they arrive, with an error that has these properties, as the runtime's own have; it tells how many are still to fail. `POST /_slow` with
// `{ binding, ms }` has such objects answer so much later. `POST /_ask` with
// `{ binding, name, question }` asks an object, as the Worker does. `POST /_sql` with
// `{ binding, name, sql }` changes or reads what an object stores, as nothing else can; what was changed is met by the object that is started anew.
// `POST /_still` with a time has the clock stand there (still.js), until `POST /_move` with `{ at, id }` moves it to a time, where the alarm of an
// object fires, if one is named. `POST /_quiet` answers when nothing more happens at this time, with what is to happen next.
// `POST /_dump` tells every row and value that the objects store which were awake since the start. `POST /_counts` tells what the objects have cost since it was last asked.
import * as edge from './index.js';
import { counted, takeCounts } from './count.js';
import { held as heldAtStart } from './start.js';
import { isInMemory, isStill, moveTo, nextWait, standStill, stillTime, untilQuiet } from './still.js';

const real = Date.now.bind(Date);
let ahead = 0;
/** Whether alarms wait until the clock has moved. */
let held = heldAtStart;
/** The time at which the clock stands still, in milliseconds since 1970. @type {number | undefined} */
let frozen;
Date.now = () => stillTime() ?? frozen ?? real() + ahead;

/** How many requests are being answered. */
let answering = 0;

/** The cron of wrangler.toml. */
const HOURLY = '20 * * * *';
const todayAt = (/** @type {string} */ time) => Date.parse(`${new Date().toISOString().slice(0, 10)}T${time}:00Z`);

/** What is due so soon is done as well. */
const SOON_MS = 50;
const RING = 'https://clock.invalid/';
const REST = 'https://clock.invalid/rest';
const RING_NOW = 'https://clock.invalid/now';
const SQL = 'https://clock.invalid/sql';
const DUMP = 'https://clock.invalid/dump';

/** The objects that are down. */
const down = { binding: '', throws: false, asked: 0 };

/** The objects that answer late. */
const slow = { binding: '', ms: 0 };

/** The calls to objects that fail on the way. */
const flaky = { binding: '', error: {}, times: 0 };

/** The bindings of the Worker, with calls that fail. @param {any} env */
const unreliable = (env) =>
  new Proxy(env, { get: (_, binding) => (binding === flaky.binding && flaky.times > 0 ? failing(env[binding]) : env[binding]) });

/** @param {any} objects which are still of their class, by whose name the Worker knows them */
const failing = (objects) => {
  const getByName = (/** @type {string} */ name) => ({
    fetch: async (/** @type {Request} */ request) => {
      if (flaky.times === 0) return objects.getByName(name).fetch(request);
      flaky.times -= 1;
      throw Object.assign(new Error('a call that failed on the way'), flaky.error);
    },
  });
  return new Proxy(objects, { get: (_, key) => (key === 'getByName' ? getByName : objects[key]) });
};

/** How to ring each object that was awake since the Worker was started, with or without waiting for its time, and its alarm.
 * @type {Map<string, { binding: string, ring: (how: string) => Promise<Response>, at: () => number | undefined, isRinging: () => boolean }>} */
const awake = new Map();

/** @param {any} Inner @param {string} binding */
const inTime = (Inner, binding) =>
  class {
    /** When the object wants to be woken, in our time. @type {number | undefined} */
    at;
    /** @type {Set<Promise<unknown>>} */
    background = new Set();
    /** How many alarms and requests it is handling. */
    ringing = 0;
    answering = 0;

    /** @param {any} state @param {any} env */
    constructor(state, env) {
      const id = state.id.toString();
      const ring = (/** @type {string} */ how) => env[binding].get(env[binding].idFromString(id)).fetch(how);
      awake.set(id, { binding, ring, at: () => this.at, isRinging: () => this.ringing > 0 });
      this.storage = state.storage;
      this.wait = (/** @type {Promise<unknown>} */ work) => this.keep(state, work);
      this.start = () => new Inner({ id: state.id, storage: this.inOurTime(), waitUntil: this.wait }, env);
      this.inner = this.start();
      this.usedAt = Date.now();
    }

    /** The object, which may have been put out of memory meanwhile. */
    use() {
      const isIdle = this.background.size + this.ringing + this.answering === 0;
      if (isIdle && !isInMemory(this.usedAt)) this.inner = this.start();
      this.usedAt = Date.now();
      return this.inner;
    }

    /** The storage, whose alarms are set and told in our time. */
    inOurTime() {
      const { storage } = this;
      const own = {
        setAlarm: (/** @type {Date} */ at) => {
          this.at = at.getTime();
          return isStill() ? Promise.resolve() : storage.setAlarm(this.at - ahead);
        },
        getAlarm: async () => {
          if (isStill()) return this.at ?? null;
          // After a restart nobody knows for when it was set: it is to be set again.
          return (await storage.getAlarm()) === null ? null : (this.at ?? 0);
        },
        deleteAlarm: () => {
          this.at = undefined;
          return isStill() ? Promise.resolve() : storage.deleteAlarm();
        },
      };
      return new Proxy(storage, {
        get: (_, name) => own[name] ?? (typeof storage[name] === 'function' ? storage[name].bind(storage) : storage[name]),
      });
    }

    /** @param {any} state @param {Promise<unknown>} work */
    keep(state, work) {
      state.waitUntil(work);
      this.track(work);
    }

    /** Whoever rings the object waits for it. @param {Promise<unknown>} work */
    track(work) {
      this.background.add(work);
      work.finally(() => this.background.delete(work));
    }

    /** @param {Request} request */
    async fetch(request) {
      if (request.url === SQL) return Response.json(this.storage.sql.exec(await request.text()).toArray());
      if (request.url === DUMP) return Response.json({ binding, ...(await this.dump()) });
      if (request.url === REST) {
        await Promise.all(this.background);
        return new Response();
      }
      if (request.url === RING_NOW && isStill()) {
        this.wait(this.alarm());
        return new Response();
      }
      if (request.url === RING_NOW) {
        await this.fire();
        await Promise.all(this.background);
        return new Response();
      }
      if (request.url !== RING) return this.answer(request);
      while (this.background.size > 0 || this.isDue()) {
        if (this.isDue()) await this.fireInTime();
        await Promise.all(this.background);
      }
      if (this.at !== undefined) await this.storage.setAlarm(this.at - ahead);
      return new Response();
    }

    /** @param {Request} request */
    async answer(request) {
      if (down.binding !== binding) {
        const inner = this.use();
        this.answering += 1;
        try {
          if (slow.binding === binding) await scheduler.wait(slow.ms);
          return await inner.fetch(request);
        } finally {
          this.answering -= 1;
        }
      }
      down.asked += 1;
      if (down.throws) throw new Error('an object that is down');
      return new Response(null, { status: 503 });
    }

    /** All that is stored: the rows of each table, and the values by their keys. */
    async dump() {
      const { sql } = this.storage;
      const tables = sql.exec("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\'").toArray();
      const rows = tables.map(({ name }) => [name, sql.exec(`SELECT * FROM "${name}"`).toArray()]);
      return { tables: Object.fromEntries(rows), values: Object.fromEntries(await this.storage.list()) };
    }

    isDue() {
      return this.at !== undefined && this.at <= Date.now() + SOON_MS;
    }

    /** Not before its time, as the runtime does: an object that is woken early goes back to sleep, again and again. */
    async fireInTime() {
      // The runtime may fire it meanwhile, and it is set for later.
      while (this.isDue() && (this.at ?? 0) > Date.now()) await scheduler.wait(1);
      if (this.isDue()) await this.fire();
    }

    /** As the runtime does: the alarm is not set any more when it fires. */
    async fire() {
      await this.storage.deleteAlarm();
      return this.alarm();
    }

    async alarm() {
      while (held) await scheduler.wait(1);
      this.at = undefined;
      const inner = this.use();
      this.ringing += 1;
      const work = inner.alarm().finally(() => (this.ringing -= 1));
      this.track(work);
      return work;
    }
  };

export const OrderObject = inTime(counted(edge.OrderObject, 'order'), 'ORDERS');
export const TerminalObject = inTime(counted(edge.TerminalObject, 'terminal'), 'TERMINALS');
export const PaymentMethodObject = inTime(counted(edge.PaymentMethodObject, 'payment-method'), 'PAYMENT_METHODS');
export const DeskObject = inTime(counted(edge.DeskObject, 'desk'), 'DESK');
export const SessionObject = inTime(counted(edge.SessionObject, 'session'), 'SESSIONS');
export const OpenLinksObject = inTime(counted(edge.OpenLinksObject, 'open-links'), 'OPEN_LINKS');
export const RateLimitObject = inTime(counted(edge.RateLimitObject, 'rate-limit'), 'RATE_LIMITS');
export const RegisterObject = counted(edge.RegisterObject, 'register');
export const RosterObject = counted(edge.RosterObject, 'roster');

export default class extends edge.default {
  /** @param {any} ctx @param {any} env */
  constructor(ctx, env) {
    super(ctx, unreliable(env));
  }

  /** @param {Request} request */
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === '/_night') {
      await super.scheduled({ cron: HOURLY, scheduledTime: todayAt('09:20') });
      return new Response();
    }
    if (pathname === '/_hour') {
      const at = await request.text();
      await super.scheduled({ cron: HOURLY, scheduledTime: at ? Date.parse(at) : todayAt('18:20') });
      return new Response();
    }
    if (pathname === '/_freeze') {
      frozen = Number(await request.text());
      return new Response();
    }
    if (pathname === '/_hold') {
      held = true;
      await Promise.all([...awake.values()].map(({ ring }) => ring(REST)));
      return new Response();
    }
    if (pathname === '/_still') {
      standStill(Number(await request.text()));
      return new Response();
    }
    if (pathname === '/_quiet') {
      await untilQuiet();
      const alarms = [...awake].filter(([, { at, isRinging }]) => at() !== undefined && !isRinging()).map(([id, { at }]) => ({ id, at: at() }));
      return Response.json({ answering, alarms, waitsUntil: nextWait() ?? null });
    }
    if (pathname === '/_move') {
      const { at, id } = await request.json();
      moveTo(at);
      if (id) await awake.get(id)?.ring(RING_NOW);
      return new Response();
    }
    if (pathname === '/_ring') {
      await Promise.all([...awake.values()].map(({ ring }) => ring(RING_NOW)));
      return new Response();
    }
    if (pathname === '/_alarms') {
      const set = [...awake.values()].map(({ binding, at }) => ({ binding, at: at() }));
      return Response.json(set.filter(({ at }) => at !== undefined));
    }
    if (pathname === '/_down') {
      const { asked } = down;
      const [binding, how] = (await request.text()).split(' ');
      Object.assign(down, { binding, throws: how === 'throw', asked: 0 });
      return Response.json(asked);
    }
    if (pathname === '/_slow') {
      Object.assign(slow, await request.json());
      return new Response();
    }
    if (pathname === '/_flaky') {
      const { times } = flaky;
      Object.assign(flaky, await request.json());
      return Response.json(times);
    }
    if (pathname === '/_ask') {
      const { binding, name, question } = await request.json();
      return this.env[binding].getByName(name).fetch('https://object.invalid/', { method: 'POST', body: question });
    }
    if (pathname === '/_sql') {
      const { binding, name, sql } = await request.json();
      return this.env[binding].getByName(name).fetch(SQL, { method: 'POST', body: sql });
    }
    if (pathname === '/_dump') {
      const dumped = [...awake.values()].map(async ({ ring }) => (await ring(DUMP)).json());
      return Response.json(await Promise.all(dumped));
    }
    if (pathname === '/_counts') return Response.json(takeCounts());
    if (pathname !== '/_clock') {
      answering += 1;
      try {
        return await super.fetch(request);
      } finally {
        answering -= 1;
      }
    }
    ahead = Number(await request.text());
    frozen = undefined;
    held = false;
    await Promise.all([...awake.values()].map(({ ring }) => ring(RING)));
    return new Response();
  }
}

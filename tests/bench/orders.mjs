// `npm run bench -- orders`: processor time of creating an order, and of the return of a payer who has not paid, each with the calls to
// Compago and the publishing to the operator's index that follow. The sandbox's time does not count.

import { setTimeout as sleep } from 'node:timers/promises';
import { build } from '../../scripts/build.mjs';
import { cart } from '../worker/support/bodies.mjs';
import { processorTime, untilIdle } from './processor-time.mjs';
import { ofBoth, report } from './rounds.mjs';
import { CONNECTIONS, checkAlike, exchange, sendAll, withSides } from './sides.mjs';

const ROUNDS = 5;
const ORDERS = 150;
/** V8 compiles code for speed only once it has run often: WebAssembly later than JavaScript. */
const WARM_UP = 1_000;

/** What follows a request is done when nothing was done for so long: changes are published within two seconds, but after a request's calls at once. */
const QUIET = 1_000;
/** How long a payer is away. workerd puts objects out of memory that had nothing to do for ten seconds. */
const AWAY = 12_000;

/** @typedef {import('./sides.mjs').Side} Side */
/** @typedef {import('./sides.mjs').Sent} Sent */
/** @typedef {import('./sides.mjs').Answer} Answer */

/** @param {{ ratios: { createRoute: number, returnRoute: number } }} budgets @returns {Promise<string[]>} what is over budget */
export async function benchOrders({ ratios }) {
  await build(['worker', 'test-site', 'sandbox']);
  return withSides(async (sides) => {
    checkAlike(await create(sides.ours, 'alike', 0), await create(sides.byHand, 'alike', 0));
    /** @type {Map<Side, Answer[]>} what each side has created in the round */
    const orders = new Map();
    const createSome = async (/** @type {Side} */ side, /** @type {string} */ round, /** @type {number} */ count) =>
      void orders.set(side, await sendAll(side, count, (index) => creating(side, round, index), 201));
    const sendForEach = async (/** @type {Side} */ side, /** @type {(created: Answer) => Sent} */ request, /** @type {number} */ status) => {
      const created = orders.get(side) ?? [];
      return sendAll(side, created.length, (index) => request(created[index]), status);
    };
    // What is not cancelled would be read again a minute later, in another round.
    const cancelAll = () =>
      Promise.all(
        Object.values(sides).map(async (side) => {
          await sendForEach(side, cancelling, 200);
          await untilIdle(side.pid, QUIET);
        }),
      );

    for (const side of Object.values(sides)) await createSome(side, 'warm-up', WARM_UP);
    await sleep(AWAY);
    const warm = [];
    for (const side of Object.values(sides)) warm.push(await sendForEach(side, returning, 303));
    checkAlike(warm[0][0], warm[1][0]);
    await cancelAll();

    console.log(`processor time of workerd for one POST /api/shop/orders and one GET /api/shop/return, ${CONNECTIONS} at once:`);
    /** @type {import('./rounds.mjs').Round[]} */
    const created = [];
    /** @type {import('./rounds.mjs').Round[]} */
    const returned = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const first = round % 2;
      created.push(await ofBoth(sides, first, (side) => timed(side, () => createSome(side, `round-${round}`, ORDERS))));
      await sleep(AWAY);
      returned.push(await ofBoth(sides, first, (side) => timed(side, () => sendForEach(side, returning, 303))));
      await cancelAll();
    }
    return [...report('create route', created, ratios.createRoute), ...report('return route', returned, ratios.returnRoute)];
  });
}

/** @param {Side} side @param {string} round @param {number} index @returns {Sent} from another address each */
function creating({ name }, round, index) {
  const body = JSON.stringify(cart);
  const key = `${name.replaceAll(' ', '-')}-${round}-${index}`;
  const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), 'idempotency-key': key };
  return { method: 'POST', path: '/api/shop/orders', headers: { ...headers, 'cf-connecting-ip': `10.0.${index >> 8}.${index & 255}` }, body };
}

/** @param {Side} side @param {string} round @param {number} index */
const create = (side, round, index) => exchange(side, creating(side, round, index));

/** The request of a browser that comes back from the checkout. @param {Answer} created @returns {Sent} */
function returning({ text }) {
  const { order, checkoutUrl } = JSON.parse(text);
  const [id] = checkoutUrl.split('/').slice(-1);
  return { path: `/api/shop/return?order=${order}&id=${id}&externalId=${order.slice(0, 12).toUpperCase()}-1` };
}

/** @param {Answer} created @returns {Sent} */
const cancelling = ({ text }) => ({ method: 'POST', path: `/api/shop/orders/${JSON.parse(text).order}/cancel` });

/** @param {Side} side @param {() => Promise<unknown>} act sends a request for each order @returns {Promise<number>} microseconds of processor time for one */
async function timed({ pid }, act) {
  const before = await processorTime(pid);
  await act();
  return ((await untilIdle(pid, QUIET)) - before) / ORDERS;
}

// `npm run bench -- status`: processor time of the status route, which pages ask every few seconds.

import { build } from '../../scripts/build.mjs';
import { Failure } from '../../scripts/failure.mjs';
import { cart } from '../worker/support/bodies.mjs';
import { processorTime } from './processor-time.mjs';
import { ofBoth, report } from './rounds.mjs';
import { CONNECTIONS, checkAlike, exchange, sendAll, withSides } from './sides.mjs';

const ROUNDS = 7;
const REQUESTS = 8_000;
const WARM_UP = 10_000;

/** @param {{ ratios: { statusRoute: number } }} budgets @returns {Promise<string[]>} what is over budget */
export async function benchStatus({ ratios }) {
  await build(['worker', 'test-site', 'sandbox']);
  return withSides(async (sides) => {
    const paths = new Map();
    for (const side of Object.values(sides)) paths.set(side, `/api/shop/orders/${await placeOrder(side)}`);
    const request = (/** @type {import('./sides.mjs').Side} */ side) => ({ path: paths.get(side) });
    checkAlike(await exchange(sides.ours, request(sides.ours)), await exchange(sides.byHand, request(sides.byHand)));
    console.log(`processor time of workerd for one GET /api/shop/orders/{order}, ${CONNECTIONS} at once:`);
    for (const side of Object.values(sides)) await sendAll(side, WARM_UP, () => request(side), 200);
    const measure = async (/** @type {import('./sides.mjs').Side} */ side) => {
      const before = await processorTime(side.pid);
      await sendAll(side, REQUESTS, () => request(side), 200);
      return ((await processorTime(side.pid)) - before) / REQUESTS;
    };
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await ofBoth(sides, round % 2, measure));
    return report('status route', rounds, ratios.statusRoute);
  });
}

/** @param {import('./sides.mjs').Side} side @returns {Promise<string>} the order's capability */
async function placeOrder(side) {
  const body = JSON.stringify(cart);
  const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), 'idempotency-key': `status-${side.pid}` };
  const answer = await exchange(side, { method: 'POST', path: '/api/shop/orders', headers, body });
  if (answer.status !== 201) throw new Failure(`No order was made: ${answer.status} ${answer.text}`);
  return JSON.parse(answer.text).order;
}

// `npm run bench -- status`: processor time of the status route, which pages ask every few seconds.

import { readFile } from 'node:fs/promises';
import { build } from '../../scripts/build.mjs';
import { Failure } from '../../scripts/failure.mjs';
import { inRoot } from '../../scripts/paths.mjs';
import { processorTime } from './processor-time.mjs';
import { inRounds, report } from './rounds.mjs';
import { CONNECTIONS, checkAlike, exchange, sendAll, withSides } from './sides.mjs';

const ROUNDS = 7;
const REQUESTS = 8_000;
const WARM_UP = 10_000;

/** @param {{ ratios: { statusRoute: number } }} budgets @returns {Promise<string[]>} what is over budget */
export async function benchStatus({ ratios }) {
  await build(['worker', 'site', 'sandbox']);
  return withSides({}, async (sides) => {
    const seed = (await readFile(inRoot('tests', 'bench', 'order.json'), 'utf8')).trim();
    const path = `/api/shop/orders/${await placeOrder(sides.ours, JSON.parse(seed).terms)}`;
    await exchange(sides.byHand, { method: 'PUT', path, body: seed });
    checkAlike(await exchange(sides.ours, { path }), await exchange(sides.byHand, { path }));
    console.log(`processor time of workerd for one GET /api/shop/orders/{order}, ${CONNECTIONS} at once:`);
    for (const side of Object.values(sides)) await sendAll(side, WARM_UP, () => ({ path }), 200);
    const rounds = await inRounds(ROUNDS, sides, async (side) => {
      const before = await processorTime(side.pid);
      await sendAll(side, REQUESTS, () => ({ path }), 200);
      return ((await processorTime(side.pid)) - before) / REQUESTS;
    });
    return report('status route', rounds, ratios.statusRoute);
  });
}

/** @param {import('./sides.mjs').Side} side @param {{ billingInformation: object }} terms @returns {Promise<string>} the order's capability */
async function placeOrder(side, { billingInformation }) {
  const body = JSON.stringify({ items: [{ sku: 'cafe-altos-340', quantity: 2 }], billingInformation });
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'a-purchase-of-the-bench' };
  const answer = await exchange(side, { method: 'POST', path: '/api/shop/orders', headers, body });
  if (answer.status !== 201) throw new Failure(`No order was made: ${answer.status} ${answer.text}`);
  return JSON.parse(answer.text).order;
}

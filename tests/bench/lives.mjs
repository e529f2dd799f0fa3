// `npm run bench -- lives`: how many lives of orders the core's simulation lives in a second of one core.

import { childrensTime } from './processor-time.mjs';
import { simulate } from './simulate.mjs';

const LIVES = 20_000;

/** @param {{ rates: { orderLives: number } }} budgets @returns {Promise<string[]>} what is over budget */
export async function benchLives({ rates }) {
  // The first run builds, and costs what any run does.
  await liveOrders(0);
  const before = await childrensTime();
  await liveOrders(0);
  const between = await childrensTime();
  await liveOrders(LIVES);
  const took = (await childrensTime()) - between - (between - before);
  // A life of the simulation has two orders.
  const rate = Math.round((2 * LIVES * 1_000_000) / took);
  const line = `order lives simulated by the core: ${rate} a second of one core, at least ${rates.orderLives}`;
  console.log(line);
  return rate < rates.orderLives ? [line] : [];
}

/** @param {number} lives */
async function liveOrders(lives) {
  await simulate('sim::every_life', { SIM_LIVES: String(lives) });
}

// The flows of which `npm run bench -- costs` counts what one costs, in a shop that has been open for a while.

import { cart } from '../worker/support/bodies.mjs';
import { METHODS, holder } from '../worker/support/cards.mjs';
import { INTENTS } from '../worker/support/till.mjs';
import { DAY, HOUR, MINUTE, SECOND, openShop } from './shop.mjs';

/** @typedef {import('./shop.mjs').Shop} Shop */
/** @typedef {Awaited<ReturnType<Shop['counted']>>} Counted */

/**
 * @typedef {object} Flow
 * @property {string} name as in `costs` of budgets.json
 * @property {string} title
 * @property {boolean} isShort whether it takes seconds only
 * @property {Parameters<typeof openShop>[0]} [options]
 * @property {(shop: Shop) => Promise<any>} [prepare] what is not counted; the answer is handed to `act`
 * @property {(shop: Shop, prepared: any) => Promise<void>} act
 * @property {Flow} [without] another flow, whose costs are taken off
 * @property {number} [times] how often this flow has what the other one lacks: what one of these costs is counted
 * @property {Flow} [like] another flow, which must cost the same, but for the rows that it reads
 */

/** For how long nothing may be due when a flow has ended: what comes later happens once a day, or for many payments together. */
const QUIET = 10 * MINUTE;

/** How many links are opened beside one to count what one more costs. */
const MORE = 10;

/** Links of 48 hours, of one client: as many as a flow wants. */
const LONG_LINKS = { shop: { linkMinutes: (2 * DAY) / MINUTE }, env: { LIMIT_CREATE_PER_MINUTE: '1000', LIMIT_OPEN_PER_ADDRESS: '1000' } };

/** How long a payer is at Compago's checkout. */
const AT_CHECKOUT = 90 * SECOND;

const TERMINAL = 'TERM-01';

/** @type {Flow[]} */
export const flows = [
  { name: 'purchase', title: 'a purchase', isShort: true, act: purchase },
  { name: 'terminalCharge', title: 'a charge at a terminal', isShort: true, prepare: terminalCharge, act: terminalCharge },
  { name: 'savedCardCharge', title: 'a charge of a saved card', isShort: true, prepare: saveCard, act: chargeCard },
  oneMoreLink('unpaidLink', 1_000),
  oneMoreLink('unpaidLinkLongList', 10_000),
  { ...openLinks(300), like: openLinks(30) },
];

/** Counts what a flow costs. @param {Flow} flow @returns {Promise<Counted>} */
export async function count(flow) {
  const { without, times = 1 } = flow;
  const counted = await countAll(flow);
  return without ? share(counted, await countAll(without), times) : counted;
}

/** @param {Flow} flow @returns {Promise<Counted>} */
async function countAll({ options, prepare = async () => {}, act }) {
  const shop = await openShop(options);
  try {
    // The first sale of a shop creates its index, and the first charge of a terminal or card its tables.
    await purchase(shop);
    const prepared = await prepare(shop);
    await shop.pass(QUIET);
    await shop.counted();
    await act(shop, prepared);
    return await shop.counted();
  } finally {
    await shop.close();
  }
}

/** What one of so many costs by which one flow has more than the other. @param {Counted} all @param {Counted} base @param {number} times @returns {Counted} */
function share(all, base, times) {
  const one = (/** @type {number} */ total, /** @type {number} */ less = 0) => Math.round((100 * (total - less)) / times) / 100;
  const objects = Object.entries(all.objects).map(([name, cost]) => {
    const ofOne = Object.entries(cost).map(([what, total]) => [what, one(total, base.objects[name]?.[what])]);
    return [name, Object.fromEntries(ofOne)];
  });
  return { objects: Object.fromEntries(objects), upstream: one(all.upstream, base.upstream), webhooks: one(all.webhooks, base.webhooks) };
}

/** A payer buys, pays and returns, and the page asks for the status until it is paid. @param {Shop} shop */
async function purchase(shop) {
  const { body } = await shop.post('/api/shop/orders', cart);
  await shop.pass(AT_CHECKOUT);
  const { redirectTo } = await shop.sandbox.act(idIn(body.checkoutUrl), 'pay');
  await shop.ask('GET', shop.pathOf(redirectTo), 303);
  for (let isPaid = false; !isPaid;) {
    const { body: seen } = await shop.ask('GET', `/api/shop/orders/${body.order}`, 200);
    isPaid = seen.status === 'paid';
    if (!isPaid) await shop.pass(seen.pollAfterMs);
  }
  await shop.settle(QUIET);
}

/** A till charges, and asks for the status three times; the card is held to the terminal after the first time. @param {Shop} shop */
async function terminalCharge(shop) {
  const { body } = await shop.postAsCashier(INTENTS, { amount: '350.50', terminalCode: TERMINAL });
  const poll = async (/** @type {string} */ status, /** @type {number} */ ms) => {
    await shop.pass(ms);
    const seen = await shop.viewAsCashier(`${INTENTS}/${body.intent}`);
    expect(status, seen);
    return seen.pollAfterMs;
  };
  const first = await poll('waiting', body.pollAfterMs);
  await shop.sandbox.control('POST', `payment-intents/${body.intent}/tap`, {});
  await poll('paid', await poll('waiting', first));
  await shop.settle(QUIET);
}

/** @param {Shop} shop @returns {Promise<string>} the id of a saved card that was charged before */
async function saveCard(shop) {
  const { body } = await shop.postAsOperator(METHODS, { billingInformation: holder });
  await shop.sandbox.control('POST', `payment-methods/${body.id}/save`);
  const path = `${METHODS}/${body.id}`;
  while ((await shop.viewAsOperator(path)).status !== 'active') await shop.pass(5 * SECOND);
  await chargeCard(shop, body.id);
  return body.id;
}

/** A merchant's backend charges a saved card. @param {Shop} shop @param {string} id */
async function chargeCard(shop, id) {
  const { body } = await shop.postAsOperator(`${METHODS}/${id}/payments`, { amount: '120.00' });
  expect('confirmed', body);
  await shop.settle(QUIET);
}

/**
 * What one more link of 48 hours costs that nobody opens, until the order's personal data is deleted, while Compago lists so many other
 * payments. What all open links share is not counted: `openLinks` counts it.
 *
 * @param {string} name @param {number} others @returns {Flow}
 */
function oneMoreLink(name, others) {
  const unpaid = (/** @type {number} */ links) => ({
    name,
    title: `one more link of 48 h that is never paid, beside ${others.toLocaleString('en')} payments`,
    isShort: false,
    options: LONG_LINKS,
    prepare: (/** @type {Shop} */ shop) => shop.sandbox.control('POST', 'one-time-payments/seed', { count: others }),
    act: async (/** @type {Shop} */ shop) => {
      await open(shop, links);
      // The deletion comes three days after everything else.
      await shop.settle(3 * DAY + HOUR);
    },
  });
  return { ...unpaid(1 + MORE), without: unpaid(1), times: MORE };
}

/** An hour in which so many links are open, and none is opened, paid or ended. @param {number} links @returns {Flow} */
function openLinks(links) {
  return {
    name: 'openLinks',
    title: `an hour with ${links} open links, without any change`,
    isShort: false,
    options: LONG_LINKS,
    prepare: async (shop) => {
      await shop.sandbox.control('POST', 'one-time-payments/seed', { count: 1_000 });
      await open(shop, links);
      // Each order reads its own payment while its link is young.
      await shop.pass(3 * HOUR);
    },
    act: (shop) => shop.pass(HOUR),
  };
}

/** @param {Shop} shop @param {number} links */
async function open(shop, links) {
  for (let opened = 0; opened < links; opened += 1) await shop.post('/api/shop/orders', cart);
}

/** @param {string} address of a checkout */
const idIn = (address) => new URL(address).pathname.split('/').at(-1) ?? '';

/** @param {string} status @param {{ status: string }} seen */
function expect(status, seen) {
  if (seen.status !== status) throw new Error(`expected ${status}: ${JSON.stringify(seen)}`);
}

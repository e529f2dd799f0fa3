// What a shop costs at Cloudflare, computed from what each flow costs (`costs` of budgets.json): the table of docs/costs.md.

/** @typedef {import('./cost.mjs').Cost} Cost */

/** <https://developers.cloudflare.com/workers/platform/pricing/> and <https://developers.cloudflare.com/durable-objects/platform/pricing/>. */
export const FREE = { workerRequests: 100_000, objectRequests: 100_000, rows: 100_000, rowsRead: 5_000_000, duration: 13_000 };

/** What a month of the paid plan includes, and what a million more costs, in dollars. */
const PAID = {
  workerRequests: { included: 10e6, price: 0.3 },
  objectRequests: { included: 1e6, price: 0.15 },
  rows: { included: 50e6, price: 1 },
  rowsRead: { included: 25e9, price: 0.001 },
  duration: { included: 400e3, price: 12.5 },
};
const PLAN = 5;
const DAYS = 30;

/** For each order that is paid there are so many whose link is never paid. */
const UNPAID = 0.5;
/** Requests to the Worker by the pages of a buyer, whose browser loads each file once; a visitor who does not buy causes half of them. */
const PAGES = 50;
/** How often the list watcher looks at Compago's list. In a shop that sells, the list has changed each time, and all of it may be read. */
const LOOKS = 24 * 6;
const PAGE = 500;
/** How many calls the list watcher makes in one alarm. */
const CALLS = 40;
/** How long an object is active for a request or an alarm at most, without its calls, and for a call; in seconds. */
const ACTIVE = 1;
const CALL = 0.3;
/** Gigabytes for which an object's time is billed. */
const MEMORY = 0.128;

/**
 * What a day costs, in the units that are billed. Alarms are requests to objects, and each that is set is a row; `duration` is in
 * gigabyte-seconds, at most.
 *
 * @param {number} orders that are paid in a day @param {number} payments in Compago's list @param {Record<string, Cost>} costs
 */
export function usageOf(orders, payments, { purchase, unpaidLink, openLinks }) {
  const pages = Math.ceil(payments / PAGE);
  const moreAlarms = LOOKS * Math.floor(pages / CALLS);
  const of = (/** @type {keyof Cost} */ name) => orders * (purchase[name] + UNPAID * unpaidLink[name]) + 24 * openLinks[name];
  const objectRequests = of('objectRequests') + of('alarms') + moreAlarms;
  return {
    workerRequests: orders * PAGES * (1 + UNPAID / 2),
    objectRequests,
    rows: of('rows') + 2 * moreAlarms,
    rowsRead: of('rowsRead'),
    duration: MEMORY * (objectRequests * ACTIVE + (of('upstream') + LOOKS * pages) * CALL),
  };
}

/** @typedef {ReturnType<typeof usageOf>} Usage */

/** What a day costs that is beyond the free plan. @param {Usage} usage @returns {string[]} the names */
export const beyondFree = (usage) => Object.keys(FREE).filter((name) => usage[name] > FREE[name]);

/** What a month of the paid plan costs. @param {Usage} usage of a day @returns {number} dollars */
export function priceOf(usage) {
  const more = Object.entries(PAID).map(([name, { included, price }]) => (Math.max(usage[name] * DAYS - included, 0) / 1e6) * price);
  return more.reduce((sum, dollars) => sum + dollars, PLAN);
}

const NAMES = { workerRequests: 'requests to the Worker', objectRequests: 'requests to objects', rows: 'rows written', rowsRead: 'rows read', duration: 'GB-s' };

/** The table as Markdown. @param {Record<string, Cost>} costs @returns {string} */
export function billTable(costs) {
  const head = ['orders a day', "payments in Compago's list", ...Object.values(NAMES), 'free plan', 'paid plan, a month'];
  const rows = [100, 1_000, 10_000].flatMap((orders) => [1_000, 50_000].map((payments) => rowOf(orders, payments, costs)));
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** @param {number} orders @param {number} payments @param {Record<string, Cost>} costs */
function rowOf(orders, payments, costs) {
  const usage = usageOf(orders, payments, costs);
  const beyond = beyondFree(usage).map((name) => NAMES[name]);
  const free = beyond.length === 0 ? 'enough' : `too small: ${beyond.join(', ')}`;
  const amounts = Object.keys(NAMES).map((name) => number(usage[name]));
  return [number(orders), number(payments), ...amounts, free, `$${priceOf(usage).toFixed(2)}`];
}

/** @param {number} value to two digits */
const number = (value) => Number(value.toPrecision(2)).toLocaleString('en');
